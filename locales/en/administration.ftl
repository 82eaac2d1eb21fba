# Administration: the community in figures, its members, a message to all.

menu-administration = 🛠 Administration

admin-title = 🛠 <b>Administration</b>
admin-members-count = 👥 Members: { $count }
admin-status = – { $status }: { $count }
admin-suspended-count = – ⏸ Suspended: { $count }
admin-help = 🤝 Help that is not settled yet:
admin-help-line = – { $state }: { $count }, { $sum }
admin-no-help = 🤝 There is no help that is not settled yet.
admin-notices = 📨 Messages waiting to be sent: { $waiting }
admin-notices-unreachable = – waiting for people who can’t be reached: { $count }
admin-notices-failed = – could not be sent, in the last 90 days: { $count }
admin-to-members = 👥 All members: { $count }
admin-announce = 📣 Write to everybody
admin-last-announcement = 📣 The last message to all
admin-to-status = 📊 Status page
admin-status-title = 📊 How the program stands
admin-status-what = A page in a browser with figures: what waits and what failed, releases, what is due. Nothing that people have written stands on it.
admin-status-open = 🔗 Get a link to it
admin-status-link = 📊 The link to the status page: { $link }
admin-status-counts = It works once, for ten minutes; then you see the page in that browser for twelve hours.
admin-status-back = ‹ Back to Administration
admin-status-off = This bot has no pages for browsers at present.

admin-members-title = 👥 <b>All members</b>: { $count }, the newest first
admin-since = A member since { $time }
admin-member-since = { $one }, since { $time }
admin-accounts = Accounts: { $messengers }
admin-and = { $one }, { $next }
admin-gives = Help to others, not settled yet: { $count }
admin-gets = Help from others, not settled yet: { $count }
admin-kept = Promises kept: { $kept }, overdue: { $overdue }
admin-administers = 🛠 Administers this community
admin-is-suspended = ⏸ Suspended since { $date }. The reason: “{ $why }”
admin-suspend = ⏸ Suspend
admin-restore = ✅ Restore
admin-restored = ✅ Restored.
admin-sign-in = 🔑 A link to sign in by
admin-sign-in-title = 🔑 A link by which <b>{ $name }</b> signs in in a browser
admin-sign-in-means = It is for somebody who has lost every other way in. Make sure that it reaches nobody else: whoever opens it is them here. They are told when somebody signs in by it, and the journal keeps that you gave it.
admin-sign-in-minutes = 🔑 One that works for ten minutes
admin-sign-in-day = 🔑 One that works for a day
admin-sign-in-back = ‹ Back to the member
admin-sign-in-link = 🔑 The link for <b>{ $name }</b>: { $link }
admin-sign-in-counts =
    { $minutes ->
        [one] It works for another minute, and only once.
       *[other] It works for another { $minutes } minutes, and only once.
    }
admin-sign-in-counts-hours =
    { $hours ->
        [one] It works for another hour, and only once.
       *[other] It works for another { $hours } hours, and only once.
    }
admin-sign-in-secret = Pass it on to them alone, and make sure that it is them: whoever opens it is them here.
admin-suspend-why = ⏸ Why should <b>{ $name }</b> be suspended? They will read what you type, { $max } characters at most.
admin-suspend-sure = ⏸ Suspend <b>{ $name }</b>? The reason, as they will read it: “{ $why }”
admin-suspend-means = Until restored, they can do nothing here but read their own data and leave. Others can’t promise them help; what has been promised, on both sides, still stands.
admin-suspend-no = No, leave it
admin-suspend-redo = ✏️ Another reason
admin-suspend-yes = ⏸ Yes, suspend
admin-suspended = ⏸ Suspended: { $name }
refused-administrator = They administer this community, so they can’t be suspended.

announce-question = 📣 What should everybody read? Type the message, { $max } characters at most; paragraphs are kept.
announce-preview = This is what everybody will read, each in their own language around your words:
announce-sure =
    { $count ->
        [one] Send it? It goes to { $count } member.
       *[other] Send it? It goes to { $count } members.
    }
announce-no = No, don’t send it
announce-redo = ✏️ Change the text
announce-yes =
    { $count ->
        [one] 📣 Yes, send it to { $count } member
       *[other] 📣 Yes, send it to { $count } members
    }
announce-begun = 📣 Your message is on its way.
notice-announcement = 📣 <b>A message from the administrators</b>
notice-announcement-short = 📣 <b>A message from the administrators</b>: { $words }
announcement-paragraph = { $words }

announced-on-its-way = 📨 On its way:
announced-over = 📨 Done:
announced-sent = – sent: { $count }
announced-waiting = – still to be sent: { $count }
announced-unreachable = – can’t be reached: { $count }
announced-failed = – failed: { $count }
announced-daily = – will read it in their daily message: { $count }
announced-off = – have switched announcements off: { $count }
announced-look-again = 🔄 Look again
