# Passing on along a chain of promises: who has promised me something gives it to whom I have promised something.

sign-passed-on = ➡️
state-passed-on = ➡️ passed on
state-taken-over = ➡️ passed on
next-passed-on = There is nothing left to hand over between the two of you for this.

# On the page of a promise.
commitment-pass-on = ➡️ Pass it on
commitment-passed-on = ➡️ { $date }: { $supporter } promises { $sum } to { $receiver }, in place of { $supporter } → { $middle } → { $receiver }.
commitment-to-chain = ➡️ Offer to pass on { $sum }
commitment-to-passed-on = ➡️ How { $sum } was passed on

# Choosing with whom.
pass-on-to-whom = ➡️ <b>{ $name }</b> has promised you { $sum }, and you have promised help to others. If all three of you agree, { $name } gives it directly to one of them. Then both promises shrink by the same sum. To whom should it go?
pass-on-by-whom = ➡️ You have promised <b>{ $name }</b> { $sum }, and others have promised help to you. If all three of you agree, one of them gives it directly to { $name }. Then both promises shrink by the same sum. Who should give it?
pass-on-to = { $sum } → { $name }
pass-on-by = { $name } → { $sum }
pass-on-nobody = ➡️ There is nobody now with whom this promise could be passed on. It stays as it is.
pass-on-back = 🤝 Show the promise
pass-on-sure = ➡️ Offer to pass on <b>{ $sum }</b>?
pass-on-means = First I ask { $supporter }, then { $receiver }; each of them will learn of the other and of this sum. Nothing changes until both have agreed. They have seven days. What is passed on counts for you as received and as given.
pass-on-yes = ➡️ Yes, ask them
pass-on-offered = ➡️ { $name } will be asked. I’ll tell you what comes of it.

# The offer, as each of the three sees it.
chain-title = ➡️ <b>Passing on { $sum }</b>
chain-now = Of what is promised now:
chain-before = Of what was promised before:
chain-was-promised = Of what was promised when it was offered:
chain-would-be = In place of both, it was offered:
chain-then = In place of both:
chain-link = – { $from } → { $to }: { $sum }
chain-you = you
chain-to-you = you
chain-asks-supporter = { $middle } asks you to give it to { $receiver } directly. If you agree, { $receiver } is asked next. If { $receiver } agrees as well, it becomes a new promise 🤝 of yours, for the month in which that happens and in place of any intention ❤️ there, and the old one shrinks by as much. You can answer until { $time }.
chain-asks-receiver = { $middle } asks you to take it from { $supporter } directly, and { $supporter } has agreed. If you agree as well, you have a new promise 🤝 from { $supporter }, in place of any intention ❤️, and the one from { $middle } shrinks by as much. You can answer until { $time }.
chain-no-way-back = Once all three have agreed, it can’t be undone.
chain-waits-supporter = Waiting for an answer until { $time }: { $name }. Nothing has changed so far.
chain-waits-receiver = { $name } is asked now, and can answer until { $time }. Nothing has changed so far.
chain-agree = ✔️ Agree
chain-decline = ✖️ Leave it as it is
chain-withdraw = ↩️ Take the offer back
chain-take-back = ↩️ No longer agree
chain-record = 🤝 Show the promise
chain-record-to-me = 🤝 Show what I was promised
chain-record-mine = 🤝 Show what I have promised
chain-agreed = ✔️ You have agreed. { $name } is asked next.
chain-done = ➡️ Done. Everybody who took part will hear of it.
chain-declined = ✖️ The promises stay as they are. The others will hear of it.
chain-withdrawn = ↩️ The offer has been taken back. Whoever knew of it will hear of it.
chain-was-done = Done on { $date }: all three have agreed.
chain-was-declined = Nothing came of it: not everybody agreed. It has changed no promise.
chain-was-withdrawn = The offer was withdrawn. It has changed no promise.
chain-was-expired = Nothing came of it: the seven days to answer are over. It has changed no promise.
chain-was-void = Nothing came of it: something has changed since it was offered.

refused-no-chain = These two promises don’t make a chain. Please choose another one.
refused-not-passed-on = That can’t be done now: something has changed since it was offered. The promises stand as they are.
refused-chain-open = One of these two promises has already been offered to be passed on. Wait for the answer, or take that offer back first.
refused-chain-over = This offer is over.

notice-chain-supporter = ➡️ <b>{ $middle }</b> asks you: of what you have promised, would you give { $sum } to <b>{ $receiver }</b> directly? { $middle } has promised { $receiver } as much. If { $receiver } agrees after you, it becomes a new promise 🤝 of yours to { $receiver }, for the month in which that happens and in place of any intention ❤️ there, and the one to { $middle } shrinks by { $sum }. That can’t be undone.
notice-chain-receiver = ➡️ <b>{ $middle }</b> asks you: of what is promised to you, would you take { $sum } from <b>{ $supporter }</b> directly? { $supporter } has agreed. If you agree, { $supporter } promises it to you 🤝, in place of any intention ❤️, and the promise of { $middle } shrinks by { $sum }. That can’t be undone.
chain-answer-by = You can answer until { $time }.
notice-chain-owed = ➡️ All three have agreed: from now on you promise <b>{ $receiver }</b> { $sum } 🤝, and { $middle } that much less.
notice-chain-owed-not-intended = ➡️ All three have agreed: from now on you promise <b>{ $receiver }</b> { $sum } 🤝, and { $middle } that much less. Your intention ❤️ to help { $receiver } with { $intended } has made way for it.
notice-chain-agreed = ✔️ <b>{ $supporter }</b> agrees to give { $sum } directly. Now { $receiver } is asked.
notice-chain-done = ➡️ All three have agreed: <b>{ $supporter }</b> promises <b>{ $receiver }</b> { $sum }. You owe { $receiver } that much less, and { $supporter } owes you that much less.
notice-chain-declined = ✖️ <b>{ $by }</b> would rather leave it as it is: { $sum } is not passed on, and the promises stay as they are.
notice-chain-withdrawn = ↩️ <b>{ $middle }</b> has withdrawn the offer to pass on { $sum }. The promises stay as they are.
notice-chain-expired = ⌛ Nothing came of the offer to pass on { $sum }: the seven days to answer are over. The promises stay as they are.
notice-chain-void = ✖️ Nothing comes of the offer to pass on { $sum }: something has changed since it was made.
