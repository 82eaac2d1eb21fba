# What people call days when they type one. Commas stand between names, semicolons between days and numbers in their order;
# a star stands for whatever follows. The names of the months are those of format.ftl.

day-today = today, tonight
day-tomorrow = tomorrow, tmrw, tomorow
day-after-tomorrow = overmorrow
day-weekdays = monday, mon; tuesday, tue, tues; wednesday, wed; thursday, thu, thur, thurs; friday, fri; saturday, sat; sunday, sun
day-numbers = a, an, one; two; three; four; five; six; seven; eight; nine; ten
day-days = day, days, d
day-weeks = week, weeks, w, wk, wks
day-hours = hour, hours, h, hr, hrs
day-months = month, months
# The end of a month.
day-end = end
# A number beside these is a day of the month: the 20th.
day-of-month = by, until, till, before, st, nd, rd, th
# A weekday beside it is one of the next week, from Monday to Sunday.
day-next = next, following
# What is over.
day-over = yesterday, ago, last, past, previous
# These say nothing.
day-fillers = in, within, on, to, the, of, at, this, coming, from, now, about, for, time
# Whether the month may stand before the day where a slash joins them, 12/20: yes or no.
day-month-first = yes
