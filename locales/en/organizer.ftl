# The organizer: all the help that a member gives and gets, and what can be done about each.

organizer-title = 🗓 <b>Organizer</b>: all the help you give and get.
organizer-waiting = 🤝→👍 Waiting for you to confirm: { $count }.
organizer-mine =
    { $count ->
        [0] 👤→👥 My help to others
       *[other] 👤→👥 My help to others: { $count } · { $sum }
    }
organizer-for-me =
    { $count ->
        [0] 👥→👤 Help for me
       *[other] 👥→👤 Help for me: { $count } · { $sum }
    }
organizer-claimed =
    { $count ->
        [0] 🤝→👍 Waiting for others
       *[other] 🤝→👍 Waiting for others: { $count } · { $sum }
    }
    .brief = 🤝→👍 Not confirmed: { $count } · { $sum }
organizer-to-confirm =
    { $count ->
        [0] 🤝→👍 Waiting for me
       *[other] 🤝→👍 Waiting for me: { $count } · { $sum }
    }
    .brief = 🤝→👍 For me: { $count } · { $sum }
organizer-overdue =
    { $count ->
        [0] ⏳ Overdue: my promises
       *[other] ⏳ Overdue: my promises · { $count } · { $sum }
    }
    .brief = ⏳ My promises: { $count } · { $sum }
organizer-overdue-for-me =
    { $count ->
        [0] ⏳ Overdue: promises to me
       *[other] ⏳ Overdue: promises to me · { $count } · { $sum }
    }
    .brief = ⏳ Promises to me: { $count } · { $sum }
organizer-given =
    { $count ->
        [0] 👍 Archive: my help
       *[other] 👍 Archive: my help · { $count } · { $sum }
    }
    .brief = 👍 My help: { $count } · { $sum }
organizer-received =
    { $count ->
        [0] 👍 Archive: help for me
       *[other] 👍 Archive: help for me · { $count } · { $sum }
    }
    .brief = 👍 Help for me: { $count } · { $sum }

list-mine =
    👤→👥 <b>My intentions and promises</b>
    { $count } · { $sum }
list-for-me =
    👥→👤 <b>Help I can expect</b>
    { $count } · { $sum }
list-claimed =
    🤝→👍 <b>Done by me, waiting for others to confirm</b>
    { $count } · { $sum }
list-to-confirm =
    🤝→👍 <b>Help for me, waiting for my confirmation</b>
    { $count } · { $sum }
list-overdue =
    ⏳ <b>Overdue: what I have promised others</b>
    { $count } · { $sum }
list-overdue-for-me =
    ⏳ <b>Overdue: what others have promised me</b>
    { $count } · { $sum }
list-given =
    👍 <b>Archive: my help to others</b>
    { $count } · { $sum }
list-received =
    👍 <b>Archive: help for me</b>
    { $count } · { $sum }

# What one month of a list comes to.
list-month = { $month }: { $count } · { $sum }

# One commitment of a list, on a button: sign, sum, direction, name.
list-to = { $sign } { $sum } → { $name }
list-from = { $sign } { $sum } ← { $name }
# The same with the day on which it was settled.
list-settled = { $what }, { $day }
# One with what the supporter says about it.
list-noted = { $one } 💬 “{ $note }”

list-mine-empty = 👤→👥 You have no intentions or promises now. Perhaps one of the other members could use your help?
list-mine-lapsed = 👤→👥 You have no intentions or promises now. What you intended has lapsed with the end of the month. You can declare it again:
list-mine-done = 👤→👥 You owe nothing now: what you have done is waiting to be confirmed.
list-mine-overdue = 👤→👥 You have no intentions or promises in this month, but something you promised earlier is overdue.
list-look-around = 👥 Members
list-for-me-empty = 👥→👤 There are no offers of help to you at the moment. You can ask for help, or invite people to help you.
list-for-me-asking = 👥→👤 There are no offers of help to you yet. You have asked: your invite brings others to you, and your status shows whom I can tell.
list-status = 📣 My status
list-ask = 🔆 Ask for help
list-invite = 🔗 Invite people
list-claimed-empty = 🤝→👍 Nothing you have done is waiting for confirmation. When you have helped somebody, choose “Done” in your list.
list-show-mine = 👤→👥 My help to others
list-to-confirm-empty = 🤝→👍 There is nothing for you to confirm now. You can look at the help that you can still expect.
list-overdue-empty = ⏳ None of your promises is overdue.
list-show-overdue = ⏳ Overdue: my promises
list-overdue-for-me-empty = ⏳ None of the promises to you is overdue.
list-show-overdue-for-me = ⏳ Overdue: promises to me
list-given-empty = 👍 None of your help has been confirmed yet.
list-received-empty = 👍 You have not confirmed any help yet.
list-show-for-me = 👥→👤 Help for me

# One commitment.
commitment-mine = 👤→👥 Your help: <b>{ $sum }</b>
commitment-receiver = To: <b>{ $name }</b>
commitment-for-me = 👥→👤 Help for you: <b>{ $sum }</b>
commitment-supporter = From: <b>{ $name }</b>
commitment-note = 💬 “{ $note }”
commitment-state = State: { $state }
commitment-state-since = State: { $state }, { $date }
commitment-monthly = 🔆 Monthly collection, { $month }
commitment-monthly-ended = 🔆 Monthly collection, { $month } (has ended)
commitment-emergency = 🆘 Emergency collection, open until { $date }
commitment-emergency-ended = 🆘 Emergency collection (has ended)
commitment-write = ✍️ Write to { $name }
commitment-ask-to-write = ✍️ Ask them to write: { $name }
commitment-card = 👤 { $name }
commitment-whole = 🤝 Show the promise

# The other side is suspended: nothing can be asked of them.
commitment-paused-intention = ⏸ { $name } is suspended at the moment. You can’t promise this help now; you can withdraw the intention.
commitment-paused-owed = ⏸ { $name } is suspended at the moment. Your promise stands: you can give the help and mark it as done, and it will be confirmed when { $name } is back.
commitment-paused-claimed = ⏸ { $name } is suspended at the moment, and will be able to confirm when that is over. It doesn’t count against you.
commitment-paused-supporter = ⏸ { $name } is suspended at the moment. A request would not arrive, so there is nothing to ask; all the rest can be done.
commitment-held-by-me = ⏸ This intention is on hold while you have an emergency. It goes on when that ends; you can change or withdraw it at any time.
commitment-held-by-supporter = ⏸ This intention is on hold: { $name } has an emergency now. It goes on when that ends.
commitment-held-by-receiver = ⏸ This intention is on hold: { $name } has an emergency now, so the monthly collection is paused. You can change or withdraw it at any time.
commitment-held-by-mine = ⏸ This intention is on hold while your emergency is open. It goes on when that ends.
commitment-put-off-mine = ⏸ This promise is put off while you have an emergency: nobody will remind you. You can still keep it whenever you like.
commitment-put-off-theirs = ⏸ This promise is put off: { $name } has an emergency now.

next-intention-mine = You can change or withdraw an intention, but not a promise 🤝. If you neither promise your help nor do it by the end of the month, the intention lapses.
next-intention-for-me = { $name } is willing to help. You can ask for a promise, once a day.
next-obligation-mine = When you have helped, choose “Done”. Then I will ask { $name } to confirm.
next-obligation-for-me = { $name } has promised to help. Once it is marked as done, I will ask you to confirm.
next-claimed-mine = Now { $name } has to confirm. You can send a reminder, once a day.
commitment-reminded = 🔔 You reminded them: { $time }. You can remind them again: { $again }.
commitment-asked = 🙏 You asked: { $time }. You can ask again: { $again }.
next-claimed-for-me = { $name } says that it is done. Has the help reached you?
next-overdue-mine = Time is up, but { $name } is still waiting for your help. When you have helped, choose “Done”.
next-overdue-for-me = Time is up, and { $name } has not helped yet. You can ask, once a day, or forgive the promise.
next-fulfilled-mine = Thank you for your help!
next-fulfilled-for-me = This help has reached you. Thank you for confirming it!

# The deeds, as buttons.
deed-promise = 🤝 Promise
deed-claim = 🤝→👍 Done
# What people say when they have done it; with commas between them.
deed-claim-words = done, it is done, it’s done, sent, sent it, i sent it, i have sent it, i’ve sent it, sent the money, i sent the money, paid, i paid, i have paid, i’ve paid, transferred, i have transferred it, given, i gave it, handed over, kept, i kept it, i have kept it, i’ve kept it, promise kept
# What people say when help has reached them, and when it has not; with commas between them.
deed-promise-words = i promise, i promise it, i’ll promise, i will promise, promise it, promised, count on me, you can count on me
deed-confirm-words = it did, yes it did, it came, yes it came, it arrived, yes it arrived, received, i received it, yes received, got it, i got it, confirmed, it’s here
deed-not-received-words = it did not, it didn’t, no it did not, no it didn’t, it has not, it hasn’t, it did not arrive, it didn’t arrive, it hasn’t arrived, it hasn’t come, nothing came
deed-claim-part = ➗ Only a part
deed-change = ✏️ Change the sum
deed-note = 💬 Add a note
deed-note-change = 💬 Change the note
deed-withdraw = ✖️ Withdraw
deed-take-back = ↩️ Not done yet, still a promise 🤝
deed-remind = 🔔 Remind to confirm
deed-confirm = 👍 Confirm
deed-not-received = ✖️ Not received
deed-take-confirmation-back = ↩️ Undo: that was a mistake
deed-ask-to-promise = 🙏 Ask to promise
deed-ask-to-fulfil = 🙏 Ask to keep the promise
    .brief = 🙏 Ask for it
deed-forgive = 🕊 Forgive
deed-move = 🤝 Promise { $sum } for the emergency
    .brief = 🤝 Promise { $sum } 🆘
deed-again = ❤️ Again this month

# The questions before deeds that can't be undone.
sure-promise = 🤝 Promise { $name } to help with <b>{ $sum }</b>? Your intention becomes a promise, and a promise can’t be taken back.
sure-promise-yes = 🤝 Yes, I promise { $sum }
sure-move = 🤝 Promise { $name } to help with <b>{ $sum }</b> in the emergency? Your intention becomes a promise, and a promise can’t be taken back.
sure-move-yes = 🤝 Yes, I promise { $sum } for the emergency
    .brief = 🤝 Yes, I promise { $sum } 🆘
sure-withdraw = ✖️ Withdraw your intention to help { $name } with <b>{ $sum }</b>?
sure-withdraw-vote = ✖️ Withdraw your vote for <b>{ $title }</b> (<b>{ $sum }</b>)?
sure-withdraw-yes = ✖️ Yes, withdraw { $sum }
sure-forgive = 🕊 Forgive { $name } the promise of <b>{ $sum }</b>? You will not expect this help any more. This can’t be undone.
sure-forgive-yes = 🕊 Yes, forgive { $sum }
sure-not-received =
    ✖️ Shall I tell <b>{ $name }</b> that <b>{ $sum }</b> has not reached you? It will then be { $owed ->
        [overdue] overdue ⏳
       *[promised] a promise 🤝
    }, and that can’t be undone.
sure-not-received-yes = ✖️ Yes, { $sum } has not reached me
sure-no = No, leave it as it is

# What was done, and who is told.
done-promise = 🤝 You have promised { $sum }. { told-circle } Thank you!
done-claim = 🤝→👍 Marked as done: { $sum }. { asked-and-circle } Thank you!
done-claim-part = 🤝→👍 Marked as done: { $sum }. { asked-and-circle } Thank you! Still promised 🤝: { $left }.
done-change = ❤️ Your intention is now { $sum }. { hears-circle }
done-withdraw = ✖️ Your intention is withdrawn. { told-circle }
done-remind = 🔔 { $name } will be reminded to confirm.
done-take-back = ↩️ { owed-again } { hears-undone }
done-take-back-part =
    ↩️ It is part of your { $owed ->
        [overdue] overdue promise ⏳
       *[promised] promise 🤝
    } again: { $sum } in all. { hears-undone }
done-confirm = 👍 { $sum } confirmed. { told-circle }
done-not-received = { owed-again } { hears-not-arrived }
done-not-received-part =
    It is part of the { $owed ->
        [overdue] overdue promise ⏳
       *[promised] promise 🤝
    } again: { $sum } in all. { hears-not-arrived }
done-take-confirmation-back = ↩️ { $sum } is waiting for your confirmation again. { hears-alone }
done-ask-to-promise = 🙏 { $name } will be asked to promise.
done-ask-to-fulfil = 🙏 { $name } will be asked to keep the promise.
done-ask-to-write = ✍️ { $name } will be asked to write to you.
done-in-vain = { $done } But messages don’t get through now: { $name } has blocked the bot, or the account is gone. Try to reach them in another way.
done-forgive = 🕊 The promise of { $sum } is forgiven. { hears-alone }
done-move = 🤝 Your intention is now a promise: { $sum } in the emergency. { told-circle } Thank you!
again-more-than-missing = { $sum } is more than is missing now, so nothing has been declared yet. Please choose how much.
again-already = You have declared this again already. This is your help now.
move-already = You have promised help in this emergency already. This is your promise.
done-again = ❤️ Your intention for the new month: { $sum }. { told-circle } Thank you!

# Who hears of it: the other side, and how many more there are in the circle.
told-circle =
    { $told ->
        [suspended] { $name } is suspended now, and won’t be told.
        [off] { $name } will see it next time they are here.
       *[yes]
            { $others ->
                [0] { $name } has been told.
                [one] { $name } has been told, and { $others } more in the circle will hear of it.
               *[other] { $name } has been told, and { $others } more in the circle will hear of it.
            }
    }
hears-circle =
    { $told ->
        [suspended] { $name } is suspended now, and won’t be told.
        [off] { $name } will see it next time they are here.
       *[yes]
            { $others ->
                [0] { $name } will hear of it in a minute.
                [one] { $name } will hear of it in a minute, and { $others } more in the circle will too.
               *[other] { $name } will hear of it in a minute, and { $others } more in the circle will too.
            }
    }
asked-and-circle =
    { $told ->
        [suspended] { $name } is suspended now, and won’t be told.
       *[yes]
            { $others ->
                [0] { $name } has been asked to confirm.
                [one] { $name } has been asked to confirm, and { $others } more in the circle will hear of it.
               *[other] { $name } has been asked to confirm, and { $others } more in the circle will hear of it.
            }
    }

hears-alone =
    { $told ->
        [suspended] { $name } is suspended now, and won’t be told.
        [off] { $name } will see it next time they are here.
       *[yes] { $name } will hear of it.
    }
hears-undone =
    { $told ->
        [suspended] { $name } is suspended now, and won’t be told.
        [off] { $name } will see it next time they are here.
       *[yes] { $name } will hear that it is not done yet.
    }
hears-not-arrived =
    { $told ->
        [suspended] { $name } is suspended now, and won’t be told.
       *[yes] { $name } will hear that the help has not reached you.
    }

# What help is again that was not done yet, or has not arrived.
owed-again =
    { $owed ->
        [overdue] The promise is overdue ⏳.
       *[promised] It is a promise 🤝 now.
    }

# Another sum for an intention.
change-question = ✏️ You intend to help { $name } with <b>{ $sum }</b>. What should it be instead? Type a sum.
change-tenth = ✏️ You intend to help with { $from } now. <b>{ $sum }</b> is a tenth of that, or even less. Is that right?
change-tenfold = ✏️ You intend to help with { $from } now. <b>{ $sum }</b> is ten times as much, or even more. Is that right?
change-more-than-missing = ✏️ <b>{ $sum }</b> is more than is missing: { $missing }. Is that right?
change-yes = ❤️ Yes, { $sum }
change-show = 🤝 Show it

# What has been given of a promise: a part or all of it, with a note.
given-question = 🤝→👍 You have promised { $name } <b>{ $sum }</b>. How much of it have you given? The rest stays a promise.
given-all = 🤝→👍 All of it: { $sum }
given-too-much = Only { $sum } of it is left to give. Please type that, or less.
given-note-question = 💬 A note for { $name }: what the help is, or when you sent it? { $max } characters at most.{ $public ->
        [no] {""}
       *[yes] {" "}The circle can read it too.
    }
# What people say who have nothing to note; with commas between them.
given-no-note-words = skip, none, nothing, no note, without, without a note, done without a note, yes, done, ok
given-no-note = 🤝→👍 Done, without a note

# What the supporter says about the help.
note-question = 💬 Type a note for { $name }: what the help is, or when you sent it. { $max } characters at most{ $public ->
        [no] .
       *[yes] ; the circle can read it too.
    } For help in kind, say here what it is; the sum is what it is worth.
note-remove = 🗑 Remove the note
note-done = 💬 The note is there now.
note-removed = 🗑 The note has been removed: “{ $note }”
note-none = 💬 There is no note.
