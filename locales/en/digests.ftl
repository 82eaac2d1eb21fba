# What members are told of all their records at once: when a month begins, before it ends, and once a day.

notice-month = 🗓 <b>A new month: { $month }.</b> This is what has changed.
notice-overdue = 🗓 <b>A new month: { $month }.</b> This is what has changed, and somebody is waiting for you.
notice-settle = 🗓 <b>{ $month } is coming to an end.</b> This should be settled before it is over.
notice-daily = 📬 <b>Your daily message</b>
digest-month = this month

# Each of these stands above a list of what it counts.
digest-overdue-mine = ⏳ <b>Your help to others – overdue:</b> { $count } · { $sum }
digest-overdue-for-me = ⏳ <b>Help for you – overdue:</b> { $count } · { $sum }
digest-carried-mine =
    { $count ->
        [one] ❤️ <b>Your help to others – carried over:</b> { $count } intention for the new month, { $sum }. You can change or withdraw it.
       *[other] ❤️ <b>Your help to others – carried over:</b> { $count } intentions for the new month, { $sum }. You can change or withdraw them.
    }
digest-carried-for-me =
    { $count ->
        [one] ❤️ <b>Help for you – carried over:</b> { $count } intention for the new month, { $sum }. It can still be changed or withdrawn.
       *[other] ❤️ <b>Help for you – carried over:</b> { $count } intentions for the new month, { $sum }. They can still be changed or withdrawn.
    }
digest-lapsed-mine =
    { $count ->
        [one] ✖️ <b>Your help to others – lapsed:</b> { $count } intention, { $sum }
       *[other] ✖️ <b>Your help to others – lapsed:</b> { $count } intentions, { $sum }
    }
digest-lapsed-for-me =
    { $count ->
        [one] ✖️ <b>Help for you – lapsed:</b> { $count } intention, { $sum }
       *[other] ✖️ <b>Help for you – lapsed:</b> { $count } intentions, { $sum }
    }
digest-confirm = 🤝→👍 <b>Did it reach you? Please confirm:</b> { $count } · { $sum }
digest-fulfil = 🤝 <b>You have promised and not done yet:</b> { $count } · { $sum }
digest-promise =
    { $count ->
        [one] ❤️ <b>You intend to help; promise it, or it lapses:</b> { $count } · { $sum }
       *[other] ❤️ <b>You intend to help; promise it, or it lapses:</b> { $count } · { $sum }
    }
digest-remind = 🤝→👍 <b>You have helped, but it is not confirmed yet. You can send a reminder:</b> { $count } · { $sum }
digest-waits = ⏸ <b>You have helped, and who would confirm it is suspended at the moment:</b> { $count } · { $sum }
digest-paused = { $one } · ⏸ suspended
digest-more =
    { $count ->
        [one] … and { $count } more
       *[other] … and { $count } more
    }
digest-again = ❤️ Again: { $sum } → { $name }
digest-to-confirm = 🤝→👍 Waiting for me
digest-claimed = 🤝→👍 Waiting for others
digest-menu = ☰ Menu
