# How people come in.

welcome-hello = <b>Exodus</b> is for people who help each other: it remembers who asked, who promised and who did. No money moves here.
welcome-choose = Please choose your language. · Пожалуйста, выберите язык.
welcome-language = { $name }
welcome-new = Welcome! You are here as Green ✅: you can help others and need nothing now. That can be changed under Profile.

invited-to-help-them = <b>{ $name }</b> invites you to help them.
invited-to-help-friend = <b>{ $name }</b> invites you to help their friend <b>{ $friend }</b>.
invited-question = Would you like to help { $name }?
invited-yes = ❤️ Yes, I want to help
invited-no = Not now
invited-needs-nothing = { $name } needs nothing at the moment. Thank you for coming!
invite-own = This invite leads to your own card. It works for others: pass it on to them.

language-choose = Which language shall I speak?
language-now = ✓ { $name }
language-changed = From now on I speak English.
