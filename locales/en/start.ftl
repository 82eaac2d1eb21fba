# How people come in.

welcome-hello = <b>Exodus</b> is for people who help each other: it remembers who asked, who promised and who did. No money passes through it.
welcome-invite = Have you been given an invite? Send it here, just as you got it. · Вам дали приглашение? Пришлите его сюда, как получили.
welcome-choose = Please choose your language. · Пожалуйста, выберите язык.
welcome-language = { $name }
welcome-new = Welcome! You are here as Green ✅: you can help others and need nothing now. That can be changed under Profile. If somebody gives you an invite, send it here.

invited-to-help-them = <b>{ $name }</b> asks for your help.
invited-to-help-friend = <b>{ $name }</b> asks you to help a friend: <b>{ $friend }</b>.
invited-question = Would you like to help { $name }?
invited-yes = ❤️ Yes, I want to help
invited-no = Not now
invited-needs-nothing = { $name } doesn’t need any help at the moment. Thank you for coming!
invite-own = This is your own invite. Pass it on to those who might help.

language-choose = Which language should I speak?
language-now = ✓ { $name }
language-changed = From now on I will speak English.
