# A member's own status.

status-now = Your status: <b>{ $status }</b>
status-green-means = You can help others and need nothing now.
status-orange-means = You ask for help every month, and can still help others.
status-red-means = You have an emergency. Your own promises to others are put off meanwhile.
status-monthly = 🔆 You ask for { $sum } every month.
status-monthly-paused = 🔆 You ask for { $sum } every month. That is paused while the emergency lasts.
status-emergency = 🆘 You ask for { $sum } by { $date }.
status-to-orange = 🔆 I need help every month
status-to-red = 🆘 I need help urgently
status-monthly-sum = ✏️ Change the monthly sum
status-monthly-end = ✅ I need no monthly help any more
status-emergency-sum = ✏️ Change the sum of the emergency
status-emergency-date = 📅 Change the date
status-emergency-end = ✅ The emergency is over
status-tell-network = 📣 Tell my network too
status-tell-far = 📣 Tell the far circle too
status-network-told = 📣 Your whole network is told what is still missing.
status-far-told = 📣 The far circle is told what is still missing.

ask-monthly-sum = How much do you need every month? Type a sum, for example 500.
ask-monthly-sure = You ask for <b>{ $sum }</b> every month. Is that right?
ask-monthly-means = Your status becomes Orange 🔆, and your near circle is told.
ask-monthly-done = You are Orange 🔆 now, and your near circle is told. This is your invite: pass it on to those who might help.
ask-emergency-sum = How much do you need? Type a sum, for example 500.
ask-emergency-days = By when? Choose, or type in how many days, from 1 to 31.
ask-emergency-sure = You ask for <b>{ $sum }</b> by <b>{ $date }</b>. Is that right?
ask-emergency-means = Your status becomes Red 🆘, and your near circle is told. Monthly help to you is paused meanwhile, and your own promises are put off.
ask-emergency-done = You are Red 🆘 now, and your near circle is told. This is your invite: pass it on to those who might help.
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

change-sum-question = You ask for { $sum } now. How much do you need? Type a sum.
change-sum-done = You ask for { $sum } now. Your circle is told.
change-date-question = The date is { $date } now. By when do you need it? Choose, or type in how many days from today, from 1 to 31.
change-date-done = The date is { $date } now. Your circle is told.

end-monthly-sure = You need no monthly help any more? Your status becomes Green ✅, unless you have an emergency 🆘. Intentions to help you are cancelled; obligations and what is done already stand.
end-monthly-yes = ✅ Yes, I don’t need it any more
end-monthly-done = You ask for no monthly help any more, and your network is told.
end-emergency-sure = Is the emergency over? Obligations and what is done already stand. You can release everybody who still owes you help afterwards.
end-emergency-yes = ✅ Yes, it is over
end-emergency-done = The emergency is over, and everybody concerned is told.
end-no = No, leave it as it is
end-what-stands = What was promised to you stands. Would you rather release everybody who has not helped yet?
end-release = 🕊 Release them
end-keep = Let the promises stand
end-released =
    { $count ->
        [0] Nobody owed you help any more.
        [one] { $count } promise is released.
       *[other] { $count } promises are released.
    }
