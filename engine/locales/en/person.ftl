# What anybody who is written to chooses about that.

language-choose = Which language should I speak?
language-now = ✓ { $name }
language-other = { $name }
language-changed = From now on I will speak English.

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
       *[other] { $messenger }, { $address }
    }
account-now = ✓ { $account }
account-other = { $account }
account-unreachable = { $account } (can’t be reached)
account-done = ✉️ Messages go to { $account } from now on.
