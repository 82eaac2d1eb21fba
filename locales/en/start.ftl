# How people come in.

# What stands in the bot’s empty chat (512 characters at most), and on its profile (120).
about-bot = People who help each other: you say what you need, others say what they can give, and the bot remembers who asked, who promised and who did. No money passes through it.

    Press Start. If you have been given an invite, open its link or send it here.
about-bot-short = Mutual aid: who needs help, who has promised, who has helped. No money passes through the bot.

welcome-hello = <b>Exodus</b> is for people who help each other: it remembers who asked, who promised and who did. No money passes through it.
welcome-invite = Have you been given an invite? Send it here, just as you got it. If you have sent one already, it doesn’t work, or has expired: please ask for a new one. · Вам дали приглашение? Пришлите его сюда, как получили. Если вы уже присылали приглашение, значит, оно не действует: попросите новое.
welcome-closed = People come into this community by an invite. Have you been given one? Send it here, just as you got it. If you have sent one already, it doesn’t work, or has expired: please ask for a new one. · В это сообщество приходят по приглашению. Вам его дали? Пришлите его сюда, как получили. Если вы уже присылали приглашение, значит, оно не действует: попросите новое.
welcome-invited = 🔗 Your invite has arrived. You will see where it leads as soon as you have chosen a language. · Ваше приглашение получено. Куда оно ведёт, вы увидите, как только выберете язык.
welcome-choose = Please choose your language. · Пожалуйста, выберите язык.
welcome-language = { $name }
welcome-new = Welcome! You start as Green ✅: you can help others and need nothing now. If you need help yourself, choose Profile → Status. If somebody gives you an invite, send it here.
welcome-new-too-late = Welcome! Your invite doesn’t work any more: please ask for a new one, and send it here. You start as Green ✅: you can help others and need nothing now.

invited-to-help-them = <b>{ $name }</b> asks for your help.
invited-to-help-friend = <b>{ $name }</b> asks you to help a friend: <b>{ $friend }</b>.
invited-question = Would you like to help { $name }?
invited-yes = ❤️ Yes, I want to help
invited-sum = ❤️ { $sum }
invited-promise = 🤝 { $sum }
invited-no = Not now
start-no-invite = That invite doesn’t work, or has expired. Please ask for a new one, and send it here just as you get it.
invited-knows-them = <b>{ $name }</b> has invited you.
invited-knows-friend = <b>{ $name }</b> has invited you to meet <b>{ $friend }</b>.
invited-needs-nothing = { $name } doesn’t need any help at the moment. You will hear when that changes.
# Beside the invite that is shown, there were others.
invited-also =
    { $count ->
        [one] You had another invite as well: <b>{ $names }</b>. The card is under Members → Near circle.
       *[other] You had other invites as well: <b>{ $names }</b>. The cards are under Members → Near circle.
    }
# Somebody has come by an invite for one person to somebody whom they know.
invite-left = You know <b>{ $name }</b> already, so the invite has not been used up: you can pass it on.
invite-left-pool = The invite has not been used up: you can pass it on.
invite-own = This is your own invite. Pass it on to those who might help.
