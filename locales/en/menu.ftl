# The main menu, the profile and the help.

menu-hello = 👤 <b>{ $name }</b>
menu-status = Your status: { $status }
menu-status-words = status, my status, change my status
menu-need-help = 🙋 I need help
menu-my-request = { $sign } My request
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
profile-currency = 💱 Second currency
    .brief = 💱 Currency

faq-about = <b>Exodus</b> helps people to help each other. It remembers who asked, who is willing, who promised and who did, and tells those concerned. You help each other directly, outside the bot.
faq-no-fund = It is not a payment system. There is no fund and no fee, and nobody guarantees that help will come: it comes from people who know each other.
faq-commands = These words work everywhere: menu, help, language, back, cancel.
faq-to-start = 🌱 How to start
faq-to-signs = 🔎 The signs
faq-to-menu = 🧭 Where things are
    .brief = 🧭 What is where
faq-to-cases = 🧩 What to do when…
    .brief = 🧩 What to do…
faq-to-wider = 🛡 Trust list, pools, initiatives
    .brief = 🛡 Trust, pools, initiatives
faq-start = <b>How to start.</b> There are three ways; you can change from one to another at any time.
faq-start-green = ✅ <b>You want to help.</b> Open the invite that you were given and choose “Yes, I want to help”. Name the sum that you could give this month: that is an intention ❤️, and you can change or withdraw it. When you are sure, promise it 🤝. When you have given it, mark it as done; the other side confirms 👍.
faq-start-orange = 🔆 <b>You need a sum every month.</b> Choose Profile → Status → “I need help every month” and name the sum. Pass your invite on to people you know. A new month begins on the 1st; whoever helped stays with you, as an intention of the same sum.
faq-start-red = 🆘 <b>You need help urgently.</b> Choose Profile → Status → “I need help urgently”, and name the sum and the date. Your near circle hears of it at once, others later. They answer with promises 🤝. Confirm what has reached you.
faq-signs = <b>The signs</b>
faq-signs-statuses = ✅ I can help · 🔆 I need a sum every month · 🆘 I need a sum by a date
faq-signs-help = ❤️ intention: can be changed or withdrawn · 🤝 promise: can’t · 🤝→👍 done, not confirmed yet · 👍 fulfilled · ⏳ overdue · 🙏 missing
faq-signs-others = ⏸ on hold · ✖️ over, and not done · ♻️ set off · ➡️ passed on · ↩️ waiting again · Green, Orange and Red are ✅ 🔆 🆘
faq-menu = <b>The menu</b>
faq-menu-organizer = 🗓 <b>Organizer</b>: your help to others and their help to you; what waits to be confirmed; archives.
faq-menu-profile = 👤 <b>Profile</b>: your status, your invite, your name and what you say about yourself, payment details, notifications, your accounts in other messengers, your data.
faq-menu-members = 👥 <b>Members</b>: your near circle and your network, invites, those in need beyond it, and your trust list 🛡 of mutual guarantees, pools ☂️, whose members share what happens to one of them, and initiatives 💡, common projects that people vote for. A friend of your friend is your friend: by helping you see, and are seen by, more people.
faq-menu-words = Instead of pressing a button you can type its number or its words.
faq-cases = <b>What to do when…</b>
faq-case-unable = <b>… you can’t keep a promise?</b> Write to the other side: they can forgive the promise. One that is not kept by the end of the month becomes overdue ⏳, and can still be kept.
faq-case-unconfirmed = <b>… you have helped and nobody confirms?</b> You can remind them once a day. As long as it isn’t confirmed it doesn’t count against you.
faq-case-not-received = <b>… help is marked as done and has not reached you?</b> Choose “Not received”. It is a promise again, and the other side will hear of it.
faq-case-in-kind = <b>… you help with things or work?</b> Name what it is worth, and write in a note what it is.
faq-case-part = <b>… you can give only a part now?</b> Open your promise and say how much you have given. The rest stays promised.
faq-case-not-seen = <b>… you no longer want to see somebody?</b> Open their card and choose “Remove from my circle”. Nobody will be told.
faq-case-another-phone = <b>… you use another messenger as well?</b> Get a code here (Profile → My accounts) and send it to me there.
faq-case-chat = <b>… your circle has a chat of its own?</b> Add me to it and send /circle (in Matrix !circle): your card and the news will be there, but not who gives how much. For a pool or an initiative, its page says what to send: 💬 Group chat.
faq-wider = <b>The wider circles</b>
faq-wider-guarantee = 🛡 <b>Mutual guarantee.</b> You tell somebody whom you know personally: “If you are in need I intend to help you, and I count on the same from you.” Under Members → Trust list you make a link for that, for one person; when they accept it, the two of you hold it. Either of you can end it at any time.
faq-wider-trust-list = 🛡 <b>Trust list.</b> A friend of your friend is your friend: it is everybody whom guarantees connect with you, ring by ring. Those in the first two rings you see by name.
faq-wider-nothing-owed = Nothing is owed because of a guarantee. You are not reminded of it, and nothing of it becomes overdue: when somebody is in need, you decide for yourself.
faq-wider-pool = ☂️ <b>Pool.</b> Its members agree on rules and each says how much they would give in a month at the most. Nothing is paid in, nobody holds any money, and there is no fee: it is a register of intentions, not a fund.
faq-wider-case = 📌 <b>A case.</b> When something that the rules cover happens to you, you ask the pool for a sum. Each of the others reads their share, and takes it 🤝 or leaves the pool. Whoever does not answer is asked once more, and then has left. The shares are given directly, like any promise.
faq-wider-initiative = 💡 <b>Initiative.</b> A common project: what for, how much, by when. Your network and your trust list vote for it with intentions ❤️. If these come to the sum in time, everybody who voted is asked to promise within seven days; if not, it was not wanted, and all votes end. Nothing is paid in before that, and then each gives directly to whoever proposed it.
faq-wider-no-promise = Nobody is promised a payment: not by a pool or an initiative, not by this bot, and not by whoever runs it. What comes together is what the members then decide to give.
faq-support = Contact support
