# What a member is told, when, and where.

notifications-title = 🔔 <b>Notifications</b>
notifications-how = Choose one to change it: ✅ at once, 📬 once a day at 19:00, 🔕 not at all.
notifications-always = What needs your answer always reaches you: help to confirm, a request to promise or to fulfil, anything overdue.
notifications-quiet = 🌙 Quiet hours: { $hours }
notifications-never-quiet = 🌙 Quiet hours: none
notifications-zone = 🕰 Time zone: { $zone } (it is { $time })
notifications-account = ✉️ Messages go to { $account }

notifications-on = ✅ { $what }
notifications-digest = 📬 { $what }: once a day
notifications-off = 🔕 { $what }: off
notifications-now-on = ✅ { $what }: from now on you will hear of it at once.
notifications-now-digest = 📬 { $what }: from now on you will hear of it once a day, at 19:00.
notifications-now-off = 🔕 { $what }: from now on you won’t hear of it.

notifications-network = Status of my network
notifications-help-to-me = Help for me
notifications-own-help = My own help
notifications-supported = News of the circles I support
notifications-reminders = Reminders
notifications-digests = Monthly summary
notifications-announcements = Announcements

notifications-set-quiet = 🌙 Quiet hours
notifications-set-zone = 🕰 Time zone
notifications-set-account = ✉️ Where to write to me

quiet-now = 🌙 Your quiet hours are { $hours }. What happens in those hours reaches you afterwards, in order.
quiet-none-now = 🌙 You have no quiet hours: messages come at any time.
quiet-question = When should I not disturb you? Choose, or type from when to when, for example 22-7 or 22:30-07:00.
quiet-offer = 🌙 { $hours }
quiet-off = 🔔 Off
quiet-done = 🌙 Quiet hours from now on: { $hours }.
quiet-none-done = 🔔 From now on messages come at any time.
quiet-not-understood = I don’t understand “{ $typed }” as quiet hours. Type from when to when, for example 22-7 or 22:30-07:00, or “off”.

zone-now = 🕰 Your time zone: { $zone }. It is { $time } there.
zone-question = Where do you live? Type a city, for example Berlin, Mumbai or New York, or how many hours ahead of UTC you are, for example +3 or +5:30.
zone-of-community = 🏠 As in my community: { $zone }
zone-done = 🕰 Your time zone from now on: { $zone }. It is { $time } there.
zone-not-understood = I don’t know the time in “{ $typed }”. Type a larger city with the same time, for example Berlin or New York, or how many hours ahead of UTC you are, for example +3 or +5:30.

account-question = ✉️ Where should I write to you? If nothing can be delivered there, I will try your other accounts.
account-name =
    { $messenger ->
        [telegram] Telegram, { $address }
        [matrix] Matrix, { $address }
       *[other] { $messenger }, { $address }
    }
account-now = ✓ { $account }
account-other = { $account }
account-unreachable = { $account } (can’t be reached)
account-done = ✉️ Messages go to { $account } from now on.
