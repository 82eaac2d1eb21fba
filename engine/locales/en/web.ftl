# What stands beside the pages in a browser.

web-notices = 🔔 Messages
web-notices-new =
    { $count ->
        [one] 🔔 { $count } new message
       *[other] 🔔 { $count } new messages
    }
web-notices-title = 🔔 Messages
web-notices-none = No message waits for you. What I tell you while you are away stands here.
web-notices-back = ‹ To the open page
web-answer = Your answer
web-send = Send
web-file = 📎 Save { $name }
web-sign-out = Sign out here
web-last-title = This is your last way in
web-last-means = You have no chat with me, and are signed in nowhere else. Once you have signed out, only somebody who administers this community can let you in again, by a link. To keep a way in, link a chat first, under “My accounts”.
web-last-stay = ‹ Stay signed in
web-last-yes = Sign out all the same
web-changed = Something has changed.
web-changed-show = Show how it is now
web-languages = Language

web-outside-title = You are not signed in
web-outside-how = Ask me for a link in a chat, under “My accounts”, “In a browser”: it opens this page, and then I know you here too. You can find me here:

web-enter-title = Sign in here
web-enter-how = With this link you can sign in here once. Everything that is yours in the chat is here too.
web-enter-do = Sign in
web-enter-instead-title = Somebody is signed in here already
web-enter-instead = In this browser somebody is signed in already. Whoever signs in by this link takes their place here: they are signed out, and what they were typing is gone.
web-enter-instead-do = Sign in in their place
web-enter-stay = ‹ Leave it as it is
web-enter-stays = You stay signed in on this device for 30 days after your last visit, unless you sign out. On somebody else’s device, sign out when you are done.

web-invited-title = You are invited
web-invited-how = I talk with each person alone, in a chat. Choose where; I will say who invites you, and nothing is promised by coming.
web-invited-open = Open in { $messenger }
web-invited-code = The same link as a QR code: { $messenger }
web-invited-word = Then send me this there:
web-invited-word-too = Or send me this there:
web-invited-here = In this browser
web-invited-here-means = You need no chat: you can do everything on these pages. Only this browser knows you then; if you lose it, somebody who administers the community has to let you in again, so link a chat when you can, under “My accounts”.
web-invited-here-do = Open here
web-invited-sent = { $word }

web-wrong-title = That did not work
web-wrong-on = ‹ To the open page
web-lost-title = You are signed out
web-lost-said = You were signed out meanwhile, so this was not taken: “{ $said }”. Sign in again soon, and it stands in its field once more.
web-wrong-method = Nothing can be sent to this address. Please open the page again.
web-wrong-nothing = There is nothing at this address. If it was a link, please look whether it is whole.
web-wrong-away = I can’t answer just now. Nothing has changed; please try again in a moment.
web-wrong-too-often = That was very often in a short time. Please wait ten seconds, then go on.
web-wrong-form = This was not sent from a page that I have shown in this browser, so nothing was done. Please open the page again.
web-wrong-too-large = That is more than I can take at once, so nothing was done. Please go back and shorten it.
web-wrong-cookies = This browser keeps no cookies, so I could not know you again. Please allow them for this page, then open the link once more: it still counts.
web-wrong-link = This link does not count any more: each works once, and for a short time. Please get a new one where you got this one.

browsers-title = 🌐 Everything that you can do here you can do in a browser too, as the same person.
browsers-none = You are not signed in anywhere at present.
browsers-where = You are signed in here:
browsers-one = • { $browser }: signed in { $since }, last seen { $seen }
browsers-called = { $name }
browsers-unknown = a browser
browsers-get = 🔗 Get a link to sign in
browsers-end = ✖️ Sign out: { $browser }, { $since }
    .brief = ✖️ { $browser }, { $since }
browsers-end-all = ✖️ Sign out everywhere
browsers-ended = ✖️ Signed out: { $browser }.
browsers-all-ended = ✖️ You are signed out everywhere.
browsers-last = ⚠️ This is your last way in: you have no chat with me, and are signed in nowhere else.
browsers-last-means = Once you have signed out, only somebody who administers this community can let you in again, by a link. To keep a way in, link a chat first, under “My accounts”.
browsers-stay = Stay signed in
browsers-last-yes = ✖️ Sign out all the same
notice-browser = 🌐 You are signed in in one more browser now: { $browser }. If that was not you, sign it out right away.
notice-browser-given = 🌐 Somebody has signed in as you in a browser ({ $browser }), by a link that an administrator gave for you. If that was not you, sign it out right away and write to the administrators.
notice-browser-gone = 🌐 Somebody had signed in as you in a browser, and is signed out there again by now.
notice-browsers = 🌐 Where I am signed in
browsers-off = This bot has no pages for browsers at present.
browsers-link = 🌐 Your link: { $link }
browsers-link-counts =
    { $minutes ->
        [one] It works for another minute, and only once.
       *[other] It works for another { $minutes } minutes, and only once.
    }
browsers-link-secret = Show it to nobody: whoever opens it is you here.
browsers-no-link = There is no link that works now: it was used, or its ten minutes are over.
browsers-another = 🔄 Get another link
accounts-browsers = 🌐 In a browser
