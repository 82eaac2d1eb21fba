# Programs that act for a member, by a token.

profile-programs = 🤖 Programs and calendar

programs-title = 🤖 <b>Programs and calendar</b>
programs-what = A program can see here what you see, and do for you what you allow it. It is known by a token, which is for you alone: whoever has it is you, as far as the token goes.
programs-none = No program acts for you.
programs-off = There is no way in for programs at present: this bot has no address on the web.
programs-line = • { $name }: { $scope }, until { $until }; last used { $seen }
programs-line-unused = • { $name }: { $scope }, until { $until }; not used yet
programs-allow = ➕ Allow a program, or a calendar
programs-end = ✖️ End: { $name }
programs-name-question = What should it be called here? Type a name by which you will know it again, for example “My calendar”.
programs-scope-question = What may it do?
programs-scope-unknown = Please choose one of these.
programs-scope-read = read
programs-scope-act = read and act
programs-scope-calendar = calendar only
programs-days-question = For how long?
programs-days-unknown = Please choose one of these.
programs-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
programs-sure =
    { $days ->
        [one] 🤖 <b>{ $name }</b>: { $scope }, for { $days } day. Is that right?
       *[other] 🤖 <b>{ $name }</b>: { $scope }, for { $days } days. Is that right?
    }
programs-means-read = It will read your card, your network, your help and your archive, and everything else that you may see. It can change nothing.
programs-means-act = It will read everything that you may see, and do in your name whatever you can do with help, invites, initiatives and pools. It can’t change what you are called, nor where you are signed in.
programs-means-calendar = A calendar will read what you have promised and until when, and the dates of emergencies that you help with. Nothing else.
programs-sure-yes = ✅ Yes, allow it
programs-redo-name = ✏️ Another name
programs-redo-scope = ✏️ Something else
programs-redo-days = ✏️ Another time
programs-token = 🤖 The token for <b>{ $name }</b>: { $token }
programs-token-how = A program sends it along with each request. What it can ask for, and a page to try it: { $docs }
programs-calendar = 📅 The address of your calendar: { $link }
programs-calendar-how = Add it in your calendar app as a calendar on the web (“subscribe by URL”).
programs-token-once = Copy it now: I don’t keep it, and show it only this once. Give it to nobody.
programs-token-gone = 🤖 <b>{ $name }</b> is allowed. Its token was shown once, and I don’t keep it. If you have lost it, end this one and allow another.
programs-back = ‹ My programs
programs-end-sure = ✖️ End <b>{ $name }</b>, allowed { $since }? Its token will count no more.
programs-end-no = No, keep it
programs-end-yes = ✖️ Yes, end it
programs-ended = ✖️ It may do nothing any more.
refused-too-many-programs = There is room for { $max }. End one of them first.
