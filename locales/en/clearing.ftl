# Clearing: consent, what is set off, and a trial for administrators.

profile-clearing = ♻️ Clearing
sign-set-off = ♻️
state-set-off = ♻️ set off
next-set-off = This has been set off: there is nothing to hand over.

clearing-title = ♻️ <b>Clearing</b>
clearing-what = Promises sometimes close a ring: Anna has promised Boris something, Boris has promised Vera, and Vera has promised Anna. Then all three promises can shrink by the same sum, and nobody has to hand anything over. Once a month, on the 25th, I look for all such rings, however many people are in them.
clearing-means = Only promises 🤝 and overdue ones ⏳ for monthly collections take part, and only where both sides agree. Nobody comes to owe anybody new: as much as is taken off your promises is taken off the promises to you. What is set off counts as done, and that can’t be undone. Everybody sees their own lines only. You can keep a single promise out of it on its page. While either side has an emergency or is suspended, nothing between the two takes part. Five days before, I tell everybody whose promises may be set off; newer promises wait for the next time.
clearing-is-off = This is off for you now. The next clearing is on { $date }.
clearing-is-on = ✅ You have allowed it since { $since }. The next clearing is on { $date }; you can change your mind at any time before that.
clearing-now = What may take part now:
clearing-nothing-now = Nothing of yours would take part now.
clearing-nothing-in-need = 🆘 While you have an emergency, nothing of yours takes part.
clearing-told-already = Everybody concerned has already been told of this clearing. Only promises that could take part on that day are in it; newer ones wait for the next one.
clearing-mine = – your promises to others: { $count } · { $sum }
clearing-for-me = – promises to you: { $count } · { $sum }
clearing-none-yet = There has been no clearing here yet. Don’t expect too much: where most people only give help, a small part of what is promised closes a ring.
clearing-last = The last clearing, on { $date }, set off { $sum } (promises: { $count }, members: { $members }).
clearing-last-nothing = In the last clearing, on { $date }, no ring was closed.
clearing-last-me = { $sum } of your promises was set off, and as much of the promises to you.
clearing-last-not-me = None of your promises, or of those to you, was set off.
clearing-own-lines = ♻️ What was set off for me
clearing-allow = ✅ Allow clearing
clearing-refuse = 🔕 No longer allow it
clearing-allowed = ✅ You have allowed clearing.
clearing-refused = 🔕 You no longer allow clearing: your promises and the promises to you stay as they are.
clearing-look = ♻️ Clearing

notice-clearing-soon = ♻️ <b>There will be a clearing on { $date }.</b> If promises close a ring by then, all of them shrink by the same sum. These may take part:
clearing-soon-means = You don’t have to do anything. If you don’t want it, you can stop allowing it before that day, or keep a single promise out of it on its page.
notice-set-off = ♻️ <b>Clearing: { $sum } set off.</b> Your promises and the promises to you have both shrunk by that much.
set-off-mine = ♻️ <b>Your help to others – set off:</b> { $count } · { $sum }
set-off-for-me = ♻️ <b>Help for you – set off:</b> { $count } · { $sum }
set-off-to = { $sum } of { $of } → { $name }
set-off-from = { $sum } of { $of } ← { $name }
set-off-means = These sums count as done: nobody has to hand them over.
set-off-rest = Where only a part was set off, the rest is still promised.
set-off-all = ♻️ All lines
set-off-title = ♻️ <b>Clearing</b>, { $month }

# On the page of a promise.
commitment-may-be-set-off = ♻️ If the other side agrees as well, this promise may be set off on { $date }.
commitment-part-set-off = ♻️ Set off on { $date }: { $sum } of { $of }.
commitment-is-rest = What this page shows is the rest.
commitment-directly-mine = 💶 You have asked to keep this promise out of clearing.
commitment-directly-theirs = 💶 { $name } wants this promise settled directly: it does not take part in clearing.
deed-pay-me-directly = 💶 Pay me directly
deed-give-directly = 💶 I will give it directly
deed-let-set-off = ♻️ It may be set off
done-directly = 💶 This promise stays out of clearing. The other side can see that on its page.
done-let-set-off = ♻️ You no longer keep this promise out of clearing.

# A trial for administrators.
admin-to-clearing = ♻️ Clearing: a trial
trial-title = ♻️ <b>Clearing: a trial</b>
trial-what = I can work out what a clearing would set off if it happened now: totals only, no names. Nothing is changed, and nobody hears of it.
trial-of-told = Everybody concerned has been told of the clearing on { $date }. I work out only what they were told of: newer promises are not in it.
trial-consents = Members who have allowed clearing: { $count }
trial-try = ♻️ Work it out
trial-try-again = ♻️ Work it out again
trial-begun = ♻️ Working it out. This takes a few seconds, in a large community longer.
trial-under-way = ⏳ Still working it out, since { $time }.
trial-of = As of { $time }:
trial-owed = – could take part: { $sum } (promises: { $count }, members: { $members })
trial-set-off = – would be set off: { $sum } (promises: { $count }, members: { $members })
