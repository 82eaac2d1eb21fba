# What people are told, and the choices that answer it.

notice-answered = You have answered this already. Here is how it stands now.
notice-look = 👀 Look
notice-card = 👤 Card
notice-release = 🕊 What still stands

notice-intention = ❤️ <b>{ $name }</b> wants to help you with { $sum }.
notice-obligation = 🤝 <b>{ $name }</b> promises to help you with { $sum }.
notice-changed = ✏️ <b>{ $name }</b> changed the intention to help you from { $from } to { $sum }.
notice-withdrawn = <b>{ $name }</b> withdrew the intention to help you with { $sum }.
notice-promised = 🤝 <b>{ $name }</b> now promises to help you with { $sum }.
notice-claimed = 👍 <b>{ $name }</b> says that they have helped you with { $sum }. Did you receive it?
notice-reminded = 🔔 <b>{ $name }</b> reminds you: they have helped you with { $sum }. Did you receive it?
notice-asked-to-promise = 🙏 <b>{ $name }</b> asks whether you promise your help with { $sum }.
notice-asked-to-fulfil = 🙏 <b>{ $name }</b> asks you to fulfil your promise of { $sum }. How to hand it over: ask them in person.
notice-confirmed = 👍 <b>{ $name }</b> confirms that they received { $sum }. Thank you!
notice-not-received = <b>{ $name }</b> has not received { $sum } from you. It is an obligation 🤝 again.
notice-forgiven = 🕊 <b>{ $name }</b> releases you from your promise of { $sum }.
notice-cancelled-covered = 🎉 The emergency of <b>{ $name }</b> is covered. Your promise of { $sum } is not needed any more. Thank you!
notice-cancelled-ended = <b>{ $name }</b> needs no monthly help any more. Your intention of { $sum } is cancelled. Thank you!

notice-circle-intention = ❤️ <b>{ $name }</b> wants to help { $friend } with { $sum }.
notice-circle-obligation = 🤝 <b>{ $name }</b> promises to help { $friend } with { $sum }.
notice-circle-changed = ✏️ <b>{ $name }</b> changed the intention to help { $friend }: { $sum } now.
notice-circle-withdrawn = <b>{ $name }</b> withdrew the intention to help { $friend } with { $sum }.
notice-circle-promised = 🤝 <b>{ $name }</b> promises to help { $friend } with { $sum }.
notice-circle-claimed = 👍 <b>{ $name }</b> says that they have helped { $friend } with { $sum }.
notice-circle-confirmed = 👍 <b>{ $friend }</b> received { $sum } from { $name }.

notice-opened-monthly = 🔆 <b>{ $name }</b> asks for help: { $sum } every month.
notice-opened-emergency = 🆘 <b>{ $name }</b> urgently needs { $sum } by { $date }.
notice-move-to-emergency = 🆘 <b>{ $name }</b> urgently needs { $sum } by { $date }. Your intention of { $intention } is on hold meanwhile. Would you like to turn it into an obligation 🤝 of the emergency?
notice-target-changed = ✏️ <b>{ $name }</b> asks for { $sum } now instead of { $from }.
notice-date-changed = 📅 <b>{ $name }</b> needs help by { $date } now.
notice-ended-monthly = ✅ <b>{ $name }</b> needs no monthly help any more.
notice-ended-emergency =
    { $count ->
        [0] The emergency of <b>{ $name }</b> is over: { $gathered } of { $sum } gathered.
        [one] The emergency of <b>{ $name }</b> is over: { $gathered } of { $sum } gathered, { $count } supporter.
       *[other] The emergency of <b>{ $name }</b> is over: { $gathered } of { $sum } gathered, { $count } supporters.
    }
notice-covered =
    { $count ->
        [one] 🎉 The emergency of <b>{ $name }</b> is covered: { $gathered } of { $sum } gathered, { $count } supporter.
       *[other] 🎉 The emergency of <b>{ $name }</b> is covered: { $gathered } of { $sum } gathered, { $count } supporters.
    }
notice-covered-mine =
    { $count ->
        [one] 🎉 Your emergency is covered: { $gathered } of { $sum } gathered, { $count } supporter.
       *[other] 🎉 Your emergency is covered: { $gathered } of { $sum } gathered, { $count } supporters.
    }
notice-thanks =
    { $count ->
        [one] 🎉 Thank you for helping <b>{ $name }</b>! The emergency is over: { $gathered } of { $sum } gathered, { $count } supporter.
       *[other] 🎉 Thank you for helping <b>{ $name }</b>! The emergency is over: { $gathered } of { $sum } gathered, { $count } supporters.
    }
notice-ended-promised =
    { $count ->
        [0] The emergency of <b>{ $name }</b> is over: { $gathered } of { $sum } gathered. Your promise 🤝 of { $promised } stands.
        [one] The emergency of <b>{ $name }</b> is over: { $gathered } of { $sum } gathered, { $count } supporter. Your promise 🤝 of { $promised } stands.
       *[other] The emergency of <b>{ $name }</b> is over: { $gathered } of { $sum } gathered, { $count } supporters. Your promise 🤝 of { $promised } stands.
    }
notice-ran-out-mine =
    { $count ->
        [0] 📅 The date of your emergency has passed: { $gathered } of { $sum } gathered. Whatever was promised to you stands.
        [one] 📅 The date of your emergency has passed: { $gathered } of { $sum } gathered, { $count } supporter. What was promised to you stands.
       *[other] 📅 The date of your emergency has passed: { $gathered } of { $sum } gathered, { $count } supporters. What was promised to you stands.
    }

notice-ring-monthly = 🔆 <b>{ $name }</b> asks for help every month. Still missing this month 🙏: { $missing }.
notice-ring-emergency = 🆘 <b>{ $name }</b> urgently needs help by { $date }. Still missing 🙏: { $missing }.

notice-remind-monthly = ⏰ You promised <b>{ $name }</b> { $sum }. The month ends on { $date }; afterwards the promise is overdue.
notice-remind-emergency = ⏰ You promised <b>{ $name }</b> { $sum } for the emergency. It is needed by { $date }.
