# Pools: members who share out among them what happens to one of them.

members-pools =
    { $count ->
        [0] ☂️ Pools
       *[other] ☂️ Pools ({ $count })
    }

pools-title = ☂️ <b>Pools</b>
pools-what = The members of a pool agree on rules. When something that the rules cover happens to one of them, the others share it, each in proportion to what they said they could give.
pools-no-fund = It is a register of intentions, not a fund: nothing is paid in, nobody holds any money, and there is no fee. Nobody is promised a payment: for each case, everyone decides for themselves whether to take their share or leave.
pools-nothing-paid = Nothing is paid in, nobody holds any money, and nobody is promised a payment.
pools-none = You are not in a pool yet. Open one, or ask somebody for an invite to theirs.
pools-one = ☂️ { $name }
pools-one-waiting = ☂️ { $name } · 🙏 { $count }
pools-open = ➕ Open a pool

pool-title = ☂️ <b>{ $name }</b>
pool-closed = This pool is closed. What was promised still stands.
pool-rules = 📜 Rules:
pool-text = { $text }
pool-counts =
    { $count ->
        [one] 👥 { $count } member · volume: { $sum } a month
       *[other] 👥 { $count } members · volume: { $sum } a month
    }
pool-terms = Contributions: { $smallest } to { $largest } a month
pool-terms-one = Contribution: { $sum } a month, the same for everybody
pool-hours =
    { $count ->
        [one] A case is discussed for { $count } hour.
       *[other] A case is discussed for { $count } hours.
    }
pool-mine = Your contribution: at most <b>{ $sum }</b> a month
pool-given = Promised or given this month: { $given }, so { $left } is left until the 1st
pool-case = 📌 { $name }: { $sum }
pool-case-waiting = 🙏 { $name }: your share is { $share }
pool-case-mine = 📌 Your case: { $sum }
pool-open-case = 📌 Something has happened to me
pool-invite = 🔗 Invite to the pool
    .brief = 🔗 Invite
pool-members = 👥 Members
pool-ended = 🗂 Earlier cases ({ $count })
pool-contribution = ✏️ Change my contribution
pool-leave = 🚪 Leave the pool
pool-group = 💬 Group chat
pool-close = 🔒 Close the pool

pool-open-name = ☂️ <b>What should the pool be called?</b> At most { $max } characters, for example “Neighbours”.
pool-open-rules = 📜 <b>What are the rules of { $name }?</b> Write what it covers, what it doesn’t, and how a case should be shown to be true. Everyone who joins will read this. At most { $max } characters.
pool-open-smallest = <b>What is the smallest contribution?</b> That is the least a member says they would give in a month, for example { $example }. Nothing is paid in.
pool-open-largest = <b>And the largest?</b> At least { $smallest }.
# What says so without its sum; with commas between them.
pool-open-same-words = same, the same, same for all, the same for all, same for everybody, the same for everybody, same sum, equal
pool-open-same = The same for everybody: { $sum }
pool-open-hours = <b>How many hours should a case be discussed for?</b> From { $min } to { $max }; you can also type days: 2 days.
pool-open-hours-offer =
    { $hours ->
        [24] { $hours } (a day)
        [48] { $hours } (two days)
        [72] { $hours } (three days)
       *[other] { $hours }
    }
pool-open-contribution = <b>How much would you give in a month, at most?</b> From { $smallest } to { $largest }. Nothing is paid in: it is what your shares together may come to.
pool-open-sure = <b>Open this pool?</b>
pool-open-yes = ☂️ Yes, open it
pool-open-redo-name = ✏️ Another name
pool-open-redo-rules = ✏️ Other rules
pool-open-redo-terms = ✏️ Other contributions
pool-open-redo-hours = ✏️ Other hours
pool-opened = ☂️ The pool is open, and you are its first member. Invite others to it.

pool-invited = <b>{ $name }</b> invites you to the pool <b>{ $pool }</b>.
pool-invited-in = You are already in the pool <b>{ $pool }</b>.
pool-invited-join = ☂️ Join
pool-invited-no = Not now
pool-show = ☂️ Show the pool
join-contribution = <b>How much would you give in a month, at most?</b> From { $smallest } to { $largest }. Nothing is paid in: it is what your shares together may come to.
join-ready = { $sum }
join-sure = <b>Join { $pool } with at most { $sum } a month?</b>
join-means = When the others have a case, you will be told what your share would be. Each time you take it, and it becomes a promise 🤝, or you leave the pool. What is being discussed already goes on without you.
join-yes = ☂️ Yes, join
join-redo = ✏️ Another sum
join-too-late = This invite leads nowhere any more: the pool has been closed, or the invite taken back or used. If it was meant for you, please ask for a new one.
join-to-pools = ☂️ Pools
joined = ☂️ You are in the pool now, with at most { $sum } a month.

contribution-question = <b>How much would you give in a month, at most?</b> It is { $sum } now; it can be from { $smallest } to { $largest }.
contribution-means = It counts for cases that are opened from now on. In those being discussed, your share doesn’t change by it.
contribution-done = ✏️ Your contribution is at most { $sum } a month now, for cases opened from now on.

pool-leave-sure = <b>Leave the pool { $pool }?</b>
pool-leave-means = What the others ask for now will be shared out among the rest. What you have promised already still stands. To come back you need a new invite.
pool-leave-nothing-asked = What you have promised already still stands. To come back you need an invite.
pool-leave-last = You are its last member: the pool will be closed, and its name and rules erased. This can’t be undone. What was promised still stands.
pool-leave-mine = Your own case will be over: nobody will owe you anything for it.
pool-leave-no = No, stay
pool-leave-yes = 🚪 Yes, leave
pool-left = 🚪 You have left the pool.
pool-left-closed = 🚪 You have left the pool. Nobody else was in it, so it has been closed and erased.

pool-close-sure = <b>Close the pool { $pool } for everybody?</b> This can’t be undone.
pool-close-means =
    { $count ->
        [0] What is being discussed will be over, and nobody owes anything for it. What was promised still stands. There is nobody else to tell.
        [one] What is being discussed will be over, and nobody owes anything for it. What was promised still stands. { $count } member will be told.
       *[other] What is being discussed will be over, and nobody owes anything for it. What was promised still stands. { $count } members will be told.
    }
pool-close-no = No, keep it
pool-close-yes = 🔒 Yes, close it
pool-close-done =
    { $count ->
        [0] 🔒 The pool is closed. There was nobody else to tell.
        [one] 🔒 The pool is closed. { $count } member has been told.
       *[other] 🔒 The pool is closed. { $count } members have been told.
    }

pool-invite-title = 🔗 <b>An invite to the pool { $pool }</b> ({ $term })
pool-invite-none = There is no invite of yours to the pool { $pool } now, but you can make one.
pool-invite-how = Only pass it on to people whom you trust to keep the rules. You will know each other here from then on.
pool-invite-revoke-sure = Revoke this invite to the pool? Nobody will be able to use it any more. Those who have joined stay.

pool-group-title =
    { $count ->
        [0] 💬 The pool <b>{ $pool }</b> is not connected to a group chat yet.
        [one] 💬 The pool <b>{ $pool }</b> is connected to { $count } group chat.
       *[other] 💬 The pool <b>{ $pool }</b> is connected to { $count } group chats.
    }
pool-group-how = Add me to a group chat of its members and send { $command } there. I will keep a card up to date in that chat, and say there what happens.
pool-group-who-reads = Everybody in that chat will read who asks the pool for how much, and how many take their share; not the story behind it, nor who gives how much. I can’t see who is in a chat, so let only members of the pool into it.
pool-group-let-go =
    { $count ->
        [one] ✖️ Disconnect the chat
       *[other] ✖️ Disconnect the { $count } chats
    }
pool-group-let-go-done =
    { $count ->
        [0] No chat was connected any more.
        [one] ✖️ { $count } chat is disconnected.
       *[other] ✖️ { $count } chats are disconnected.
    }

pool-members-title =
    { $count ->
        [0] 👥 You are the only member of { $pool } so far.
        [one] 👥 <b>{ $pool }</b>: { $count } other member.
       *[other] 👥 <b>{ $pool }</b>: { $count } other members.
    }
pool-members-unseen =
    { $count ->
        [one] { $count } of them is outside your near circle, so is not named here.
       *[other] { $count } of them are outside your near circle, so are not named here.
    }
pool-member = 👤 { $name }

cases-title =
    { $count ->
        [0] 🗂 <b>{ $pool }</b>: no earlier cases yet.
        [one] 🗂 <b>{ $pool }</b>: { $count } earlier case.
       *[other] 🗂 <b>{ $pool }</b>: { $count } earlier cases.
    }
cases-one = { $date } · { $name }: { $sum } · { $how }
case-how-settled = 🤝 shared
case-how-over = ✖️ over

case-open-words = 📌 <b>What has happened?</b> Everyone in { $pool } will read it. At most { $max } characters.
case-open-sum = <b>How much do you ask for?</b> The others can be asked for at most { $volume } together now.
case-open-nobody =
    { $others ->
        [0] There is nobody else in the pool yet who could be asked: invite others first.
       *[other] Nobody else in the pool can be asked for anything now: invite others, or wait until the 1st, when everybody’s contribution is whole again.
    }
case-open-sure = <b>Ask the pool { $pool } for { $sum }?</b>
case-open-means = Everyone will see your name, what you wrote and their share. They take their share or leave the pool; nobody is obliged to pay. You can ask for less at any time, or take the case back, until { $time }.
case-open-yes = 📌 Yes, ask
case-open-redo-words = ✏️ Other words
case-open-redo-sum = ✏️ Another sum
case-opened =
    { $count ->
        [one] 📌 Your case is open. { $count } member is being asked.
       *[other] 📌 Your case is open. { $count } members are being asked.
    }

case-title = 📌 <b>{ $name }</b> asks the pool <b>{ $pool }</b> for <b>{ $sum }</b>
case-title-over = 📌 <b>{ $name }</b>: a case in the pool <b>{ $pool }</b>, <b>{ $sum }</b>
case-title-mine = 📌 <b>Your case</b> in the pool <b>{ $pool }</b>: { $sum }
case-until = Being discussed until { $time }
case-until-again = Whoever has not answered has been asked once more, and has until { $time }
case-waits = All have answered. An earlier case of the pool has to be settled first.
case-leaving = The time for answers is over.
case-settling = The shares are becoming promises just now.
case-confirmed = 👍 Shares taken: { $taken } of { $count }
case-less = By now no more than { $volume } can be asked for: that is what it comes to.
case-not-mine = You have no part in this case.
case-share =
    { $grows ->
        [0] Your share: <b>{ $share }</b>.
       *[other] Your share: <b>{ $share }</b>. If others leave, it may become more, but never more than { $most }.
    }
case-share-taken =
    { $grows ->
        [0] 👍 You take your share: <b>{ $share }</b>. It becomes a promise 🤝 when the discussion ends.
       *[other] 👍 You take your share: <b>{ $share }</b>. It becomes a promise 🤝 when the discussion ends. If others leave, it may become more until then, but never more than { $most }.
    }
case-share-nothing = Nothing is asked of you: your share is less than the smallest unit of money, or your contribution is promised already.
case-take-means = Taking it is a promise. If you don’t want to, you can leave the pool; whoever doesn’t answer is asked once more for 24 hours, and then has left.
case-take = 👍 I take my share
case-take-words = take, take it, i take it, take my share, take the share, my share, i’ll take it, i will take it, i’ll take my share, i will take my share
case-take-sum = 👍 I take my share: { $share }
case-taken = 👍 You take your share: { $share }.
case-taken-all = 👍 You take your share: { $share }. All have answered, so it is a promise 🤝 now.
case-leave = 🚪 Leave the pool
case-lower = ✏️ Ask for less
case-withdraw = ✖️ Take the case back
case-settled = 🤝 Shared out, promised: { $promised }
case-settled-released = 🕊 It was shared out, and nobody owes anything for it any more.
case-received = 👍 Received so far: { $fulfilled }
case-my-promise = 🤝 My promise
case-to-pool = ☂️ The pool
case-release = 🕊 What still stands
case-over-withdrawn = ✖️ It was taken back: nobody owes anything for it.
case-over-owner-gone = ✖️ It is over: whoever asked does not take part any more. Nobody owes anything for it.
case-over-nobody = ✖️ It is over: nobody was left to share it.
case-over-closed = ✖️ It is over: the pool was closed. Nobody owes anything for it.
case-withdraw-sure = <b>Take your case back?</b> Nobody will owe you anything for it, and those who were asked will be told.
case-withdraw-no = No, keep it
case-withdraw-yes = ✖️ Yes, take it back
case-withdrawn =
    { $count ->
        [0] ✖️ The case is over.
        [one] ✖️ The case is over. { $count } member has been told.
       *[other] ✖️ The case is over. { $count } members have been told.
    }
case-lower-question = <b>How much do you ask for instead?</b> It is { $sum } now, and can only become less.
case-lower-tenth = ✏️ You ask for { $from } now. <b>{ $sum }</b> is a tenth of that, or even less, and can’t be raised again. Is that right?
case-lower-yes = ✏️ Yes, ask for { $sum }
case-lowered =
    { $count ->
        [0] ✏️ You ask for { $sum } now.
        [one] ✏️ You ask for { $sum } now. { $count } member will hear of their new share.
       *[other] ✏️ You ask for { $sum } now. { $count } members will hear of their new share.
    }

cases-waiting-one = 🙏 A case in a pool: your share is { $share }
cases-waiting =
    { $count ->
        [one] 🙏 { $count } case in a pool is waiting for your answer
       *[other] 🙏 { $count } cases in pools are waiting for your answer
    }

commitment-case = 📌 Share of a case in a pool
commitment-to-case = 📌 The case

former-pool = a pool that is no more
former-words = …

notice-case =
    { $grows ->
        [0] 📌 <b>{ $name }</b> asks the pool <b>{ $pool }</b> for { $asks }: “{ $words }”. Your share: <b>{ $sum }</b>. Taking it is a promise 🤝. Please answer by { $until }.
       *[other] 📌 <b>{ $name }</b> asks the pool <b>{ $pool }</b> for { $asks }: “{ $words }”. Your share: <b>{ $sum }</b>; if others leave, at most { $most }. Taking it is a promise 🤝. Please answer by { $until }.
    }
notice-case-again =
    { $grows ->
        [0] ⏳ You have not answered yet. <b>{ $name }</b> asks the pool <b>{ $pool }</b> for { $asks }: “{ $words }”. Your share: <b>{ $sum }</b>. If you haven’t answered by { $until }, you will have left the pool.
       *[other] ⏳ You have not answered yet. <b>{ $name }</b> asks the pool <b>{ $pool }</b> for { $asks }: “{ $words }”. Your share: <b>{ $sum }</b>; if others leave, at most { $most }. If you haven’t answered by { $until }, you will have left the pool.
    }
notice-case-share =
    { $grows ->
        [0] 📌 <b>{ $name }</b> in the pool <b>{ $pool }</b>: your share is <b>{ $sum }</b> now instead of { $from }. Taking it is a promise 🤝. Please answer by { $until }.
       *[other] 📌 <b>{ $name }</b> in the pool <b>{ $pool }</b>: your share is <b>{ $sum }</b> now instead of { $from }; if others leave, at most { $most }. Taking it is a promise 🤝. Please answer by { $until }.
    }
notice-case-share-taken = 📌 <b>{ $name }</b> in the pool <b>{ $pool }</b>: your share is <b>{ $sum }</b> now instead of { $from }.
notice-case-share-nothing = 📌 <b>{ $name }</b> in the pool <b>{ $pool }</b>: your share is nothing now instead of { $from }. Nothing is needed of you.
notice-case-spared = 📌 You need help urgently 🆘 yourself, so nothing is asked of you any more for the case of <b>{ $name }</b> in the pool <b>{ $pool }</b>. You stay in the pool.
notice-case-less = 📉 Your case in the pool <b>{ $pool }</b> can come to { $sum } now, not to { $asks }: the others can’t be asked for more.
notice-case-promised =
    { $grown ->
        [0] 🤝 The discussion in the pool <b>{ $pool }</b> is over. You promise <b>{ $name }</b> your share: { $sum }.
       *[other] 🤝 The discussion in the pool <b>{ $pool }</b> is over. You promise <b>{ $name }</b> your share: { $sum } instead of { $from }, because fewer members share the case now.
    }
notice-case-settled =
    { $count ->
        [one] 🤝 The discussion of your case is over: { $count } member promises you { $gathered } of { $sum }. You will be asked to confirm what arrives.
       *[other] 🤝 The discussion of your case is over: { $count } members promise you { $gathered } of { $sum }. You will be asked to confirm what arrives.
    }
notice-case-nobody = ✖️ Your case in the pool <b>{ $pool }</b> is over: nobody is left to share it.
notice-case-over = ✖️ <b>{ $name }</b> no longer asks the pool <b>{ $pool }</b> for { $sum }: the case is over. You owe nothing for it.
notice-pool-left = 🚪 You did not answer in time, so you have left the pool <b>{ $pool }</b>. What you had promised before still stands. Somebody from the pool can invite you again.
notice-pool-closed = 🔒 The pool <b>{ $pool }</b> has been closed. Nobody owes anything for what was being discussed. What was promised before still stands.
notice-pool-group = 💬 The chat is connected to the pool <b>{ $pool }</b>. Everybody in it reads who asks the pool for how much, also those who are not in the pool. I can’t see who is in the chat: please check.
notice-pool-stranger = 💬 Somebody who is not in the pool <b>{ $pool }</b> has written to me in its group chat. They can read its card, too.
notice-pool-stranger-named = 💬 <b>{ $name }</b> is in the group chat of the pool <b>{ $pool }</b>, but not in the pool, and can read its card, too.
notice-pool-fewer =
    { $count ->
        [one] ☂️ A member has left the pool <b>{ $pool }</b>, which you look after.
       *[other] ☂️ { $count } members have left the pool <b>{ $pool }</b>, which you look after.
    }
notice-pool-kept = ☂️ From now on you look after the pool <b>{ $pool }</b>: its previous keeper has left, and you have been in it longest. You can close it, and connect it to a group chat.
notice-case-given-up = ✖️ Your case in the pool <b>{ $pool }</b> ({ $sum }) is over: you were suspended while it was being discussed. Nobody owes anything for it.
notice-pool-joined = ☂️ <b>{ $name }</b> has joined the pool <b>{ $pool }</b> by your invite.

admin-pools =
    { $pools ->
        [one] ☂️ { $pools } pool · members in pools: { $members } · cases being discussed: { $cases }
       *[other] ☂️ { $pools } pools · members in pools: { $members } · cases being discussed: { $cases }
    }
leave-pools =
    { $count ->
        [one] You will leave your pool. A case of yours that is being discussed will be over.
       *[other] You will leave your { $count } pools. Cases of yours that are being discussed will be over.
    }

refused-contribution = A contribution to this pool is between { $smallest } and { $largest }.
refused-largest = The largest contribution can’t be less than the smallest one, { $smallest }.
refused-hours = Please type a whole number of hours from { $min } to { $max }, for example 24.
refused-volume =
    { $none ->
        [yes] The others can’t be asked for anything now.
       *[no] The others can be asked for at most { $volume } together now. Please type a smaller sum.
    }
refused-too-many-cases =
    { $max ->
        [one] { $max } case of this pool is being discussed already. Please wait until it has come to its end.
       *[other] { $max } cases of this pool are being discussed already. Please wait until one of them has come to its end.
    }
refused-too-many-pools =
    { $max ->
        [one] You are in { $max } pool already, and can’t be in more.
       *[other] You are in { $max } pools already, and can’t be in more.
    }
refused-pool-closed = This pool is closed.
refused-in-pool = You are in this pool already.
refused-case-open = You have a case in this pool already that has not come to its end.
refused-no-part = You have no part in this case any more, so nothing is asked of you.
refused-left-with-a-share = You left this pool while you were being asked for a share. To come back, you need an invite that was made after that: ask somebody in the pool for a new one.
refused-case-over = This case isn’t being discussed any more.
refused-share-grew = Your share has become more meanwhile: fewer members share the case now. Here is how it is now.
refused-not-less = It can only become less than { $sum }.
