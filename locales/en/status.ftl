# A member's own status.

status-now = Your status: <b>{ $status }</b>
status-green-means = You can help others and don’t need any help now.
status-orange-means = You ask for help every month, and can still help others.
status-red-means = You have an emergency. If you have promised help to others, your promises are put off until it is over.
status-monthly = 🔆 You ask for { $sum } every month.
status-monthly-paused = 🔆 You ask for { $sum } every month. That is paused while the emergency lasts.
status-emergency = 🆘 You ask for { $sum } by { $date }.
status-to-orange = 🔆 I need help every month
status-to-red = 🆘 I need help urgently
# What people say who are in need; with commas between them.
status-need-words = i need help, need help, please help, please help me, help me, help me please, i need help please, can you help me, i need money
status-to-red-words = red, i am red, urgent, urgently, it is urgent, it’s urgent, emergency, an emergency, i have an emergency, i need help now, i need help urgently, i need urgent help, urgent help, sos
status-to-orange-words = orange, i am orange, monthly help, i need monthly help, every month, monthly
status-monthly-sum = ✏️ Change the monthly sum
status-monthly-end = ✅ I no longer need monthly help
status-emergency-sum = ✏️ Change the sum of the emergency
status-emergency-date = 📅 Change the date
# What people say who want to be Green again.
status-to-green-words = green, i am green, i am fine, i’m fine, i need no more help, i don’t need help any more, no more help needed
status-emergency-end = ✅ The emergency is over
status-untold = 📣 When you asked, there was nobody yet in your near circle whom I could tell.
status-tell-near = 📣 Tell my near circle
status-tell-network = 📣 Tell my network too
status-tell-far = 📣 Tell the far circle too
status-near-told =
    { $told ->
        [0] 📣 Everybody in your near circle helps you already, so nobody had to be told.
        [off] 📣 Those in your near circle who don’t help you yet get no such news, so nobody will be told.
        [one] 📣 { $told } member of your near circle will hear of it.
       *[other] 📣 { $told } members of your near circle will hear of it.
    }
status-network-told =
    { $told ->
        [0] 📣 Everybody in your network helps you already, so nobody had to be told.
        [off] 📣 Those in your network who don’t help you yet get no such news, so nobody will be told.
        [one] 📣 { $told } more member of your network will hear what is still missing.
       *[other] 📣 { $told } more members of your network will hear what is still missing.
    }
status-far-told =
    { $told ->
        [0] 📣 Everybody in your far circle helps you already, so nobody had to be told.
        [off] 📣 Those in your far circle who don’t help you yet get no such news, so nobody will be told.
        [one] 📣 { $told } member of your far circle will hear what is still missing.
       *[other] 📣 { $told } members of your far circle will hear what is still missing.
    }

ask-monthly-sum = How much do you need every month? Type a sum, for example { $example }.
ask-monthly-sure = You ask for <b>{ $sum }</b> every month. Is that right?
ask-monthly-means =
    { $near ->
        [0] Your status will be Orange 🔆. There is nobody in your near circle yet who could be told.
        [off] Your status will be Orange 🔆. Nobody in your near circle gets such news at the moment, so nobody will be told.
        [one] Your status will be Orange 🔆, and { $near } member of your near circle will hear of it.
       *[other] Your status will be Orange 🔆, and { $near } members of your near circle will hear of it.
    }
ask-monthly-done =
    { $near ->
        [off] You are now Orange 🔆. Nobody in your near circle gets such news at the moment. This is your invite: pass it on to those who might help.
        [0] You are now Orange 🔆. There is nobody in your near circle yet whom I could tell. This is your invite: pass it on to those who might help.
        [one] You are now Orange 🔆, and { $near } member of your near circle will hear of it. This is your invite: pass it on to others who might help.
       *[other] You are now Orange 🔆, and { $near } members of your near circle will hear of it. This is your invite: pass it on to others who might help.
    }
ask-emergency-sum = How much do you need? Type a sum, for example { $example }.
ask-emergency-days = By when? Choose, or type how many days (14) or a date ({ $example }).
ask-emergency-sure = You ask for <b>{ $sum }</b> by <b>{ $date }</b>. Is that right?
ask-emergency-means =
    { $near ->
        [0] Your status will be Red 🆘. There is nobody in your near circle yet who could be told.
        [off] Your status will be Red 🆘. Nobody in your near circle gets such news at the moment, so nobody will be told.
        [one] Your status will be Red 🆘, and { $near } member of your near circle will hear of it.
       *[other] Your status will be Red 🆘, and { $near } members of your near circle will hear of it.
    }
ask-emergency-pauses = Your monthly collection is paused meanwhile.
ask-emergency-puts-off = Your own promises are put off meanwhile.
ask-emergency-done =
    { $near ->
        [off] You are now Red 🆘. Nobody in your near circle gets such news at the moment. This is your invite: pass it on to those who might help.
        [0] You are now Red 🆘. There is nobody in your near circle yet whom I could tell. This is your invite: pass it on to those who might help.
        [one] You are now Red 🆘, and { $near } member of your near circle will hear of it. This is your invite: pass it on to others who might help.
       *[other] You are now Red 🆘, and { $near } members of your near circle will hear of it. This is your invite: pass it on to others who might help.
    }
ask-yes = ✔️ Yes, ask
ask-change-sum = ✏️ Another sum
ask-change-days = 📅 Another date

days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
days-to-month-end =
    { $count ->
        [one] By the end of this month ({ $count } day)
       *[other] By the end of this month ({ $count } days)
    }

change-sum-question = You ask for { $sum } now. How much do you need in all, with what you have already received? Type a sum.
change-sum-done = You now ask for { $sum }. { told-supporters }
change-date-done = The date is now { $date }. { told-supporters }
change-date-question = The date is { $date } now. By when do you need it? Choose, or type how many days from today (14) or a date ({ $example }).
change-sum-ends = You have received { $received } already: with <b>{ $sum }</b> your emergency is covered 👍 and ends. Promises that are not done yet are cancelled.
change-sum-ends-yes = 👍 Yes, { $sum }, and end the emergency
change-sum-ended = 👍 With { $sum } your emergency is covered, so it has ended. { told-of-the-end }
change-sum-tenth = You ask for { $from } now. <b>{ $sum }</b> is a tenth of that, or even less. Is that right?
change-sum-tenfold = You ask for { $from } now. <b>{ $sum }</b> is ten times as much, or even more. Is that right?
change-sum-less-than-bound = { $bound } is promised or received already. That is more than <b>{ $sum }</b>, and the promises stay. Is that right?
change-sum-yes = ✔️ Yes, ask for { $sum }
change-date-sure = You need it by <b>{ $date }</b>. Is that right?
change-date-yes = ✔️ Yes, change the date

end-monthly-sure = You no longer need monthly help? Your status will be Green ✅, unless you have an emergency 🆘. Intentions to help you will be cancelled; promises and what has been done stand.
end-monthly-yes = ✅ Yes, I no longer need it
end-monthly-done = You no longer ask for monthly help. { told-of-the-end }
end-emergency-sure = Is the emergency over? Promises and what has been done stand. Afterwards you can forgive the promises of everybody who has not helped yet.
end-emergency-yes = ✅ Yes, it is over
end-emergency-done = The emergency is over. { told-of-the-end }
end-no = No, leave it as it is
end-what-stands =
    What was promised to you stands: { $count ->
        [one] { $count } promise, { $sum }
       *[other] { $count } promises, { $sum }
    }. You can also forgive the promises of everybody who has not helped yet.
end-release = 🕊 Forgive the promises
end-keep = No, let the promises stand
end-release-sure =
    🕊 Forgive the promises of everybody who has not helped yet: { $count ->
        [one] { $count } promise, { $sum }
       *[other] { $count } promises, { $sum }
    }? They will owe you nothing, and this can’t be undone.
end-release-yes =
    { $count ->
        [one] 🕊 Yes, forgive { $count } promise
       *[other] 🕊 Yes, forgive { $count } promises
    }
end-nobody-owes = This collection is over, and nobody owes you anything here.
end-status = To your status
end-released =
    { $count ->
        [0] There is nothing left to forgive: nobody owes you anything.
        [one] { $count } promise has been forgiven.
       *[other] { $count } promises have been forgiven.
    }

# Who hears of it.
told-supporters =
    { $told ->
        [0] Nobody supports you here yet, so nobody had to be told.
        [off] Those who support you here get no such news, so nobody will be told.
        [one] { $told } supporter will hear of it.
       *[other] { $told } supporters will hear of it.
    }
told-of-the-end =
    { $told ->
        [0] I had told nobody of it, so there is nobody to be told.
        [off] Those who knew about it get no such news, so nobody will be told.
        [one] { $told } member who knew about it will hear of this.
       *[other] { $told } members who knew about it will hear of this.
    }
