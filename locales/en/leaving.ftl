# My data, leaving the bot, and being suspended.

profile-my-data = 📄 My data
profile-leave = 🚪 Leave the bot

my-data-title = 📄 <b>My data</b>
my-data-what = I can send you everything that is stored about you, in one file: who you are and what you have chosen, your requests for help, all help from you and to you, your guarantees, pools and initiatives, what you have voted for, your invites, whom you know here, and what I have told you or am about to.
my-data-secret = It is a JSON file: any text editor opens it, and other programs can read it. It holds your payment details and invite links, so take care whom you give it to.
my-data-send = 📄 Send me the file
my-data-here = 📄 Here is everything that is stored about you, as of this moment.

leave-sure = 🚪 <b>Leave the bot?</b>
leave-cancelled = This will be cancelled, and the people on the other side will hear of it:
leave-to-others = – your help to others: { $count }, { $sum }
leave-to-me = – help from others to you: { $count }, { $sum }
leave-nothing-lives = Nothing is open between you and others, so nobody else is affected.
leave-collections =
    { $count ->
        [one] Your request for help will end.
       *[other] Your { $count } requests for help will end.
    }
leave-erased = Everything about you will be erased: your name, what you say about yourself, payment details, settings, accounts and invites. In other people’s archives you remain as “former member”, with sums and dates only.
leave-anew = This can’t be undone. You can come back at any time, and will start from nothing.
leave-confirm-first = Help has been given to you that is waiting for you to confirm it: { $count }. Unless you do so first, it won’t count for those who gave it.
leave-to-confirm = 🤝→👍 Confirm first: { $count }
leave-no = No, stay
leave-yes = 🚪 Yes, leave and erase everything
leave-farewell = 🚪 You have left, and everything about you has been erased. Thank you for having been here. Should you ever want to come back, just write to me.

suspended-title = ⏸ <b>The administrators suspended you</b> on { $date }. Their reason: “{ $why }”
suspended-means = Until they restore you, you can’t help or ask for help here, and nobody can help you. What you have promised still stands. You can read everything that is stored about you, and leave.
card-suspended = ⏸ Suspended by the administrators: nobody can help here at present. Promises still stand.
refused-suspended = ⏸ The administrators have suspended this member, so nobody can help them at present.

notice-suspended = ⏸ The administrators have suspended you. Write to me to read why.
notice-restored =
    { $count ->
        [0] ✅ The administrators have restored you: everything is open to you again.
       *[other] ✅ The administrators have restored you: everything is open to you again. Waiting for you to confirm 🤝→👍: { $count } · { $sum }
    }
notice-restored-claimed = ✅ <b>{ $name }</b> is back. Your help ({ $sum }) 🤝→👍 is still waiting to be confirmed.

notice-supporter-left = 🚪 Somebody who wanted to help you has left the bot. Their help ({ $sum }) has been cancelled.
notice-supporter-left-claimed = 🚪 Somebody has left the bot who said that they had helped you with { $sum }. It had not been confirmed, and has been cancelled.
notice-receiver-left = 🚪 Somebody whom you wanted to help has left the bot. Your help ({ $sum }) has been cancelled, and you owe nothing.
notice-receiver-left-claimed = 🚪 Somebody whom you had helped with { $sum } has left the bot without confirming it. It has been cancelled, and does not count against you.
