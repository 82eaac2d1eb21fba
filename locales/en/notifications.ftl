# What a member is told, when, and where.

notifications-title = 🔔 <b>Notifications</b>
notifications-how = Choose one to change it: ✅ at once, 📬 once a day at { $hour }, 🔕 not at all.
notifications-always = What needs your answer always reaches you: help to confirm, a request to promise or to fulfil, your share of a pool’s case, anything overdue.
notifications-quiet = 🌙 Quiet hours: { $hours }
notifications-never-quiet = 🌙 Quiet hours: none
notifications-zone = 🕰 Time zone: { $zone } (it is { $time })
notifications-account = ✉️ Messages go to { $account }

notifications-on = ✅ { $what }
notifications-digest = 📬 { $what }: once a day
    .brief = 📬 { $what }
notifications-off = 🔕 { $what }: off
    .brief = 🔕 { $what }
notifications-now-on = ✅ { $what }: from now on you will hear of it at once.
notifications-now-digest = 📬 { $what }: from now on you will hear of it once a day, at { $hour }.
notifications-now-off = 🔕 { $what }: from now on you won’t hear of it.

notifications-network = Status of my network
notifications-help-to-me = Help for me
notifications-own-help = My own help
notifications-supported = News of the circles I support
notifications-reminders = Reminders
notifications-digests = Monthly summary
notifications-announcements = Announcements

notifications-set-hour = 📬 Hour of the daily message
notifications-set-quiet = 🌙 Quiet hours
notifications-set-zone = 🕰 Time zone
notifications-set-account = ✉️ Where to write to me

daily-hour-now = 📬 Your daily message comes at { $hour }.
daily-hour-question = At what hour should it come? Choose, or type an hour of the day, for example 8 or 20:00.
daily-hour-offer = 📬 { $hour }
daily-hour-done = 📬 Your daily message will come at { $hour }.
daily-hour-not-understood = That is no full hour of the day. Please type a number from 0 to 23, for example 8 or 20.

zone-as-usual = 🏠 As in my community: { $zone }
