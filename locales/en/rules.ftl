# The rules in words: states, statuses, signs, and why something can't be done.

sign-green = ✅
sign-orange = 🔆
sign-red = 🆘
sign-intention = ❤️
sign-obligation = 🤝
sign-claimed = 🤝→👍
sign-fulfilled = 👍
sign-overdue = ⏳
sign-gone = ✖️

status-green = Green ✅
status-orange = Orange 🔆
status-red = Red 🆘

state-intention = ❤️ intention
state-obligation = 🤝 promise
state-claimed = 🤝→👍 done, waiting for confirmation
state-overdue = ⏳ overdue
state-overdue-claimed = ⏳ done, waiting for confirmation (time is up)
state-fulfilled = 👍 fulfilled
state-fulfilled-late = 👍 fulfilled late
state-withdrawn = withdrawn
state-lapsed = lapsed at the end of the month
state-forgiven = forgiven
state-cancelled = cancelled
state-merged = part of the promise again

refused-unknown = That is gone, or it is not yours.
refused-not-now = That is no longer possible. It is now: { $state }.
refused-self-help = You can’t support yourself.
refused-already-helping = You are helping here already. You can change the sum of your intention, or help again once it is fulfilled.
refused-already-open = You are asking for this already. You can change the sum or the date.
refused-ended = This collection has ended.
refused-paused = This collection is paused while its owner has an emergency. You can help with the emergency.
refused-on-hold = This intention is on hold because of an emergency. It goes on when the emergency ends.
refused-put-off = This promise is put off: the one who promised has an emergency now.
refused-too-soon = You have asked already. You can ask again from { $time } on.
refused-unchanged = It is like that already, so nothing has changed.
refused-nothing-missing = Nothing is missing any more, so nobody else has been told.
refused-more-than-missing = Less is missing by now than when you were asked, so nothing has been promised yet. Please look once more.
refused-too-late = A confirmation can be taken back within a day, and that has passed. Write to each other about it.
refused-helps-anew = New help has been declared since you confirmed this, so it stays confirmed. Write to each other about it.
refused-other-sum = The sum of your intention has changed since, so nothing has been promised yet. Please look once more.
refused-nobody-there = There is nobody there yet whom I could tell. This is your invite: pass it on to those who might help. You can still tell others later.
refused-too-many-invites = You have { $max } invites for one person or for a time already. Revoke one that is no longer needed.
refused-needs-nothing = They need nothing at the moment. You can invite others to help once they ask for something.
refused-days = An emergency lasts from 1 to 31 days. Please type how many, for example 14.
day-not-understood = I don’t understand when that is. Please type how many days, for example 14, or a date, for example { $example }.
day-none = There is no such day. Please type a date, for example { $example }, or how many days, for example 14.
day-past = It has to be tomorrow or later. Please type a date, for example { $example }, or how many days, for example 14.
day-too-late = An emergency lasts 31 days at most. Please type a day up to { $last }, or how many days, for example 14.

sum-not-a-number = That is not a sum. Please type a number, for example 50 or 50.50.
# What says "all that is missing" in the place of a sum; with commas between them.
sum-all = all, all of it, everything, the whole, the rest, all that is missing, everything that is missing, max
# What stands behind a number for a thousand of it: 5k; with commas between them, a star for whatever follows.
sum-thousand = k, thousand*
# What may follow a sum that is asked for every month.
# What may stand before a sum that is said in the place of another; with commas between them.
sum-another-words = another sum, another sum of, another monthly sum, change the sum, change the sum to, change the monthly sum, change the monthly sum to, change sum, change sum to, change it to, ask for less, lower the sum, lower the sum to, the sum, the sum is, sum
sum-every-month = a month, per month, every month, each month, monthly, /month, / month, pcm
sum-whole = Please type the whole sum, with the { $from } that there are now, and without a plus.
sum-not-positive = The sum has to be more than zero. Please type a number, for example 50.
sum-decimals =
    { $decimals ->
        [0] Sums here have no digits after the point. Please type a whole number, for example 50.
        [one] At most one digit after the point. Write a thousand as 1000 or 1 000.
        [2] At most two digits after the point: 50.50. Write a thousand as 1000 or 1 000.
       *[other] At most { $decimals } digits after the point. Write a thousand as 1000 or 1 000.
    }
sum-too-large = A sum can’t be more than { $max }. Please type a smaller one.
sum-foreign = That is another currency. How much is it in ours? Please type it like this: { $example }
sum-uneven = That does not come out even. Please type the sum itself, for example 50.
