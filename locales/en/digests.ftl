# What members are told of all their records at once: when a month begins, before it ends, and once a day.

notice-month = 🗓 <b>A new month: { $month }.</b> This is what has changed.
notice-overdue = 🗓 <b>A new month: { $month }.</b> This is what has changed, and somebody is waiting.
notice-settle = 🗓 <b>{ $month } is coming to an end.</b> This should be settled before it is over.
notice-daily = 📬 <b>Your daily message</b>
digest-month = this month

# Each of these stands above a list of what it counts.
digest-overdue-mine =
    { $count ->
        [one] ⏳ <b>Overdue, your help to others:</b> { $count } commitment, { $sum }
       *[other] ⏳ <b>Overdue, your help to others:</b> { $count } commitments, { $sum }
    }
digest-overdue-for-me =
    { $count ->
        [one] ⏳ <b>Overdue, help to you:</b> { $count } commitment, { $sum }
       *[other] ⏳ <b>Overdue, help to you:</b> { $count } commitments, { $sum }
    }
digest-carried-mine =
    { $count ->
        [one] ❤️ <b>Carried over, your help to others:</b> { $count } intention, { $sum }
       *[other] ❤️ <b>Carried over, your help to others:</b> { $count } intentions, { $sum }
    }
digest-carried-for-me =
    { $count ->
        [one] ❤️ <b>Carried over, help to you:</b> { $count } intention, { $sum }
       *[other] ❤️ <b>Carried over, help to you:</b> { $count } intentions, { $sum }
    }
digest-lapsed-mine =
    { $count ->
        [one] ✖️ <b>Lapsed, your help to others:</b> { $count } intention, { $sum }
       *[other] ✖️ <b>Lapsed, your help to others:</b> { $count } intentions, { $sum }
    }
digest-lapsed-for-me =
    { $count ->
        [one] ✖️ <b>Lapsed, help to you:</b> { $count } intention, { $sum }
       *[other] ✖️ <b>Lapsed, help to you:</b> { $count } intentions, { $sum }
    }
digest-confirm =
    { $count ->
        [one] 🤝→👍 <b>Did it reach you? Please confirm:</b> { $count } commitment, { $sum }
       *[other] 🤝→👍 <b>Did it reach you? Please confirm:</b> { $count } commitments, { $sum }
    }
digest-fulfil =
    { $count ->
        [one] 🤝 <b>Promised by you, not done yet:</b> { $count } commitment, { $sum }
       *[other] 🤝 <b>Promised by you, not done yet:</b> { $count } commitments, { $sum }
    }
digest-promise =
    { $count ->
        [one] ❤️ <b>Intended by you; promise it, or it lapses:</b> { $count } intention, { $sum }
       *[other] ❤️ <b>Intended by you; promise them, or they lapse:</b> { $count } intentions, { $sum }
    }
digest-remind =
    { $count ->
        [one] 🤝→👍 <b>Done by you, not confirmed yet; you can send a reminder:</b> { $count } commitment, { $sum }
       *[other] 🤝→👍 <b>Done by you, not confirmed yet; you can send reminders:</b> { $count } commitments, { $sum }
    }
digest-more =
    { $count ->
        [one] … and { $count } more
       *[other] … and { $count } more
    }
digest-again = ❤️ Again: { $sum } → { $name }
digest-to-confirm = 🤝→👍 I confirm
digest-claimed = 🤝→👍 Others confirm
digest-menu = ☰ Menu
