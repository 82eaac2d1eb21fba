# What people are told, and the choices that answer it.

# Whoever has left the bot has no name any more: this stands where it stood.
former-member = Former member
# Wherever somebody is named whose name another has whom the reader may think of.
# On a button it is said in brief, so that a phone shows what tells them apart.
called-invited-by = { $name } (invited by { $inviter })
    .brief = { $name } (🔗 { $inviter })
called-invited-by-you = { $name } (invited by you)
    .brief = { $name } (🔗 yours)
called-since = { $name } (here since { $date })
    .brief = { $name } ({ $short })
# Both came in one minute: the first of them, the second.
called-nth = { $name } ({ $number })
called-since-minute = { $name } (here since { $time })
    .brief = { $name } ({ $short })

notice-look = 👀 Look
notice-card = 👤 Card
notice-move = 🤝 Promise for the emergency
    .brief = 🤝 Promise 🆘
notice-ask-again = 🆘 Ask again
notice-release = 🕊 What still stands

# What a collection came to: part of other notices.
notice-gathered =
    { $count ->
        [0] { $gathered } of { $sum } raised
        [one] { $gathered } of { $sum } raised, { $count } supporter
       *[other] { $gathered } of { $sum } raised, { $count } supporters
    }

notice-intention = ❤️ <b>{ $name }</b> wants to help you with { $sum }.
notice-obligation = 🤝 <b>{ $name }</b> promises to help you with { $sum }.
notice-changed = ✏️ <b>{ $name }</b> has changed the intention to help you from { $from } to { $sum }.
notice-withdrawn = ✖️ <b>{ $name }</b> has withdrawn the intention to help you with { $sum }.
notice-promised = 🤝 <b>{ $name }</b> now promises to help you with { $sum }.
notice-claimed = 🤝→👍 <b>{ $name }</b> says that they have helped you with { $sum }. Did it reach you?
notice-claimed-part = 🤝→👍 <b>{ $name }</b> says that they have helped you with { $sum }, a part of the promise. Did it reach you? Still promised 🤝: { $left }.
notice-reminded = 🔔 <b>{ $name }</b> reminds you: they have helped you with { $sum }. Did it reach you?
notice-asked-to-promise = 🙏 <b>{ $name }</b> asks you to promise your help ({ $sum }). A promise 🤝 can’t be taken back.
commitment-pool = ☂️ Pool: { $pool }
notice-asked-to-fulfil = 🙏 <b>{ $name }</b> asks you to keep your promise of { $sum }.
notice-invite-made = 🔗 <b>{ $name }</b> made an invite to your card: whoever opens it will see your card and can help you.
notice-taken-back = ↩️ <b>{ $name }</b> has not helped yet after all: { $sum } is a promise 🤝 now.
notice-taken-back-part = ↩️ <b>{ $name }</b> has not helped with { $part } yet after all: it is part of the promise 🤝 again, { $sum } in all.
notice-taken-back-overdue = ↩️ <b>{ $name }</b> has not helped yet after all: { $sum }. The promise is overdue ⏳.
notice-taken-back-part-overdue = ↩️ <b>{ $name }</b> has not helped with { $part } yet after all: it is part of the overdue promise ⏳ again, { $sum } in all.
notice-confirmation-taken-back = ↩️ <b>{ $name }</b> has taken the confirmation back: your { $sum } is waiting to be confirmed again.
notice-asked-to-write = ✍️ <b>{ $name }</b> asks you to write to them, to arrange how the help ({ $sum }) is handed over.
notice-confirmed = 👍 <b>{ $name }</b> confirms that they received { $sum }. Thank you!
notice-not-received = ✖️ <b>{ $name }</b> says that your { $sum } has not arrived yet. It is a promise 🤝 now.
notice-not-received-part = ✖️ <b>{ $name }</b> says that your { $part } has not arrived yet. It is part of your promise 🤝 again: { $sum } in all.
notice-not-received-overdue = ✖️ <b>{ $name }</b> says that your { $sum } has not arrived yet. Your promise is overdue ⏳.
notice-not-received-part-overdue = ✖️ <b>{ $name }</b> says that your { $part } has not arrived yet. It is part of your overdue promise ⏳ again: { $sum } in all.
notice-forgiven = 🕊 <b>{ $name }</b> forgives your promise of { $sum }.
notice-cancelled-covered = 🎉 <b>{ $name }</b>’s emergency is covered. Your promise ({ $sum }) is no longer needed. Thank you!
notice-cancelled-ended = ✅ <b>{ $name }</b> no longer needs monthly help. Your intention ({ $sum }) has been cancelled. Thank you!

notice-circle-intention = ❤️ <b>{ $name }</b> wants to help { $friend } with { $sum }.
notice-circle-obligation = 🤝 <b>{ $name }</b> promises to help { $friend } with { $sum }.
notice-circle-changed = ✏️ <b>{ $name }</b> has changed the intention to help { $friend }: now { $sum }.
notice-circle-withdrawn = ✖️ <b>{ $name }</b> has withdrawn the intention to help { $friend } with { $sum }.
notice-circle-promised = 🤝 <b>{ $name }</b> promises to help { $friend } with { $sum }.
notice-circle-claimed = 🤝→👍 <b>{ $name }</b> says that they have helped { $friend } with { $sum }.
notice-circle-confirmed = 👍 <b>{ $name }</b> → { $friend }: { $sum } has arrived.

notice-opened-monthly = 🔆 <b>{ $name }</b> asks for help: { $sum } every month.
notice-opened-emergency = 🆘 <b>{ $name }</b> urgently needs { $sum } by { $date }.
notice-move-to-emergency = 🆘 <b>{ $name }</b> urgently needs { $sum } by { $date }. Your intention ({ $intention }) is on hold until it is over. Would you like to promise it for the emergency 🤝?
notice-target-changed = ✏️ <b>{ $name }</b> now asks for { $sum } instead of { $from }.
notice-date-changed = 📅 <b>{ $name }</b> now needs help by { $date }.
notice-date-changed-promised = 📅 <b>{ $name }</b> now needs help by { $date }. You promised 🤝 { $promised }.
notice-ended-monthly = ✅ <b>{ $name }</b> no longer needs monthly help.
notice-ended-emergency = ✅ <b>{ $name }</b>’s emergency is over: { notice-gathered }.
notice-covered = 🎉 <b>{ $name }</b>’s emergency is covered: { notice-gathered }.
notice-covered-mine = 🎉 Your emergency is covered: { notice-gathered }.
notice-thanks = 🎉 Thank you for helping <b>{ $name }</b>! The emergency is over: { notice-gathered }.
notice-ended-promised = ✅ <b>{ $name }</b>’s emergency is over: { notice-gathered }. Your promise 🤝 of { $promised } stands.
notice-ended-monthly-promised = ✅ <b>{ $name }</b> no longer needs monthly help. Your promise 🤝 of { $promised } stands.
notice-ended-claimed = ✅ <b>{ $name }</b>’s collection is over. Your help of { $promised } 🤝→👍 still waits to be confirmed.
notice-ran-out = 📅 The date of your emergency has passed: { notice-gathered }.
notice-ran-out-mine = 📅 The date of your emergency has passed: { notice-gathered }. If anything was promised to you, it still stands.
notice-ran-out-claimed = { notice-ran-out-mine } Some of the help has been given, but not confirmed yet: please look under Organizer.

notice-ring-monthly = 🔆 <b>{ $name }</b> asks for help every month. Still missing this month 🙏: { $missing }.
notice-ring-emergency = 🆘 <b>{ $name }</b> urgently needs help by { $date }. Still missing 🙏: { $missing }.

notice-remind-monthly = ⏰ You promised <b>{ $name }</b> { $sum }. The month ends on { $date }; after that the promise is overdue.
notice-ends-soon = 📅 Your emergency ends on { $date }, and { $missing } is still missing. If you need more time, you can change the date.
notice-remind-emergency = ⏰ You promised <b>{ $name }</b> { $sum } for the emergency. It is needed by { $date }.
