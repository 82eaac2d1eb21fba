# The main menu, the profile and the help.

menu-hello = 👤 <b>{ $name }</b>
menu-status = Your status: { $status }
menu-need-help = Do you need help yourself? Profile → Status.
menu-organizer =
    { $count ->
        [0] 🗓 Organizer
       *[other] 🗓 Organizer ({ $count })
    }
menu-profile = 👤 Profile { $sign }
menu-members = 👥 Members
menu-faq = ❓ FAQ

profile-title = <b>My profile</b>
profile-status = { $sign } Status
profile-invite = 🔗 My invite
profile-name = ✏️ Name
profile-about = 💬 About me
profile-payment =
    { $count ->
        [0] 💳 Payment details
       *[other] 💳 Payment details ({ $count })
    }
profile-notifications = 🔔 Notifications
profile-accounts = 🔑 My accounts
profile-language = 🌐 Language

faq-about = <b>Exodus</b> helps people to help each other. It is not a payment system: it remembers who asked, who is willing, who promised and who did, and tells those concerned. You help each other directly, outside the bot.
faq-start = <b>How to start.</b> Set your status under Profile → Status. Pass your invite on to people you know. Help somebody: you can change or withdraw an intention ❤️, but not a promise 🤝. When you have helped, say so; the other side confirms 👍.
faq-signs = <b>The signs</b>
faq-signs-statuses = ✅ I can help · 🔆 I need a sum every month · 🆘 I need a sum by a date
faq-signs-help = ❤️ intention · 🤝 promise · 🤝→👍 done, not confirmed yet · 👍 fulfilled · ⏳ overdue · 🙏 missing
faq-commands = These words work everywhere: menu, help, language, back, cancel.
faq-support = Contact support
