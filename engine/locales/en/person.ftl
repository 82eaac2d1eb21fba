# What anybody who is written to chooses about that.

language-choose = Which language should I speak?
language-now = ✓ { $name }
language-other = { $name }
language-changed = From now on I will speak English.

currency-question = Everything is counted in { $own }. Which other currency should I show beside it, rounded, at the rate that is set here?
currency-now = ✓ { $code }
currency-other-choice = { $code }
currency-alone = { $own } alone
currency-done = From now on I will show sums in { $code } too, in brackets and rounded.
currency-none-done = From now on I will show sums in one currency.

quiet-now = 🌙 Your quiet hours are { $hours }. What happens in those hours reaches you afterwards, in order.
quiet-none-now = 🌙 You have no quiet hours: messages come at any time.
quiet-question = When should I not disturb you? Choose, or type from when to when, for example 22-7 or 22:30-07:00.
quiet-offer = 🌙 { $hours }
quiet-off = 🔔 Off
quiet-done = 🌙 Quiet hours from now on: { $hours }.
quiet-none-done = 🔔 From now on messages come at any time.
quiet-not-understood = I don’t understand “{ $typed }” as quiet hours. Type from when to when, for example 22-7 or 22:30-07:00, or “off”.

zone-now = 🕰 Your time zone: { $zone }. It is { $time } there.
zone-question = Where do you live? Type a city, for example Berlin, Mumbai or New York, or how many hours ahead of UTC you are, for example +3 or +5:30.
zone-as-usual = 🏠 As usual here: { $zone }
zone-done = 🕰 Your time zone from now on: { $zone }. It is { $time } there.
zone-not-understood = I don’t know the time in “{ $typed }”. Type a larger city with the same time, for example Berlin or New York, or how many hours ahead of UTC you are, for example +3 or +5:30.

account-question = ✉️ Where should I write to you? If nothing can be delivered there, I will try your other accounts.
account-name =
    { $messenger ->
        [telegram] Telegram, { $address }
        [matrix] Matrix, { $address }
        [deltachat] Delta Chat
        [web] In a browser
       *[other] { $messenger }, { $address }
    }
account-now = ✓ { $account }
account-other = { $account }
account-unreachable = { $account } (can’t be reached)
account-done = ✉️ Messages go to { $account } from now on.

accounts-title =
    { $count ->
        [one] 🔑 I know you by this account:
       *[other] 🔑 I know you by { $count } accounts. In each of them you are the same person, with all that is yours here.
    }
accounts-written-to = ✉️ { $account } (I write to you here)
accounts-other = • { $account }
accounts-unreachable = ✖️ { $account } (can’t be reached)
accounts-how = Link an account in another messenger, and everything goes on there as it does here.
accounts-link = ➕ Link another account
accounts-set-written-to = ✉️ Where I write to you
accounts-unlink = ✖️ Unlink: { $account }
accounts-code = 🔑 Your code: { $code }
accounts-code-counts =
    { $minutes ->
        [one] It works for another minute, and only once.
       *[other] It works for another { $minutes } minutes, and only once.
    }
accounts-code-how = In the other messenger:
accounts-code-secret = Show it to nobody: whoever sends it to me will be you here.
accounts-way-link = { $messenger }: open { $link } and press Start.
accounts-way-link-and-word = { $messenger }: open { $link } and send there: { $word }
accounts-way-word = { $messenger }: send me there: { $word }
accounts-draw = 🔑 Get a new code
accounts-draw-another = 🔄 Get another code
accounts-no-code = There is no code that works now: it was used, or its ten minutes are over.
accounts-unlink-sure = Unlink { $account }?
accounts-unlink-means = Whoever writes to me from there will be a stranger to me, and will see nothing of yours. Messages for you go to another of your accounts. You can link it again at any time.
accounts-last-chat = ⚠️ { $account } is your last chat with me.
accounts-last-chat-means = Without it you are known in browsers alone. If you are signed out there, only somebody who administers this community can let you in again, by a link; and nobody can write to you any more: messages wait until you look.
accounts-last-chat-yes = ✖️ Unlink it all the same
accounts-keep = Keep
accounts-unlink-yes = ✖️ Yes, unlink
accounts-unlink-not-here = You are writing from this account. To unlink it, write to me from another one of yours.
accounts-unlinked = ✖️ Unlinked: { $account }.
messenger-name =
    { $messenger ->
        [telegram] Telegram
        [matrix] Matrix
        [deltachat] Delta Chat
        [web] Browser
       *[other] { $messenger }
    }

link-done = 🔗 This account is linked: I know you here too now, and everything goes on as in your other messenger.
link-none = This code doesn’t work, or has expired: each works only once, and for ten minutes. Get a new one where I know you already, under “My accounts”, and send it here.
link-too-often = Too many codes that don’t work have been sent. Please wait ten minutes, then get a new code and send it here.
link-own = This account is yours already. Send the code from the other messenger: it still works.
link-taken = I can’t link this account: I know you here already as somebody else, and what both of you have here would get mixed up. The code still works: send it from an account that I don’t know yet.
link-full = You have as many accounts as one person can have. Unlink one that you don’t need, then link this one.

notice-account-linked = 🔗 A new account is yours now: { $account }. Whoever writes to me from there is you, with all that is yours here. If that was not you, unlink it right away.
notice-account-unlinked = 🔗 An account was linked to yours, and is unlinked again by now.
notice-accounts = 🔑 My accounts
notice-account-unlink = ✖️ Unlink it
