# Как люди приходят.

welcome-hello = <b>Эксодус</b> — для тех, кто помогает друг другу: он помнит, кто попросил о помощи, кто её пообещал и кто уже помог. Деньги через него не ходят.
welcome-invite = Вам дали приглашение? Пришлите его сюда, как получили. Если вы уже присылали приглашение, значит, оно не действует: попросите новое. · Have you been given an invite? Send it here, just as you got it. If you have sent one already, it doesn’t work, or no longer: please ask for a new one.
welcome-closed = В это сообщество приходят по приглашению. Вам его дали? Пришлите его сюда, как получили. Если вы уже присылали приглашение, значит, оно не действует: попросите новое. · People come into this community by an invite. Have you been given one? Send it here, just as you got it. If you have sent one already, it doesn’t work, or no longer: please ask for a new one.
welcome-invited = 🔗 Ваше приглашение получено. Куда оно ведёт, вы увидите, как только выберете язык. · Your invite has arrived. You will see where it leads as soon as you have chosen a language.
welcome-choose = Пожалуйста, выберите язык. · Please choose your language.
welcome-language = { $name }
welcome-new = Добро пожаловать! Ваш статус — Зелёный ✅: вы можете помогать, а вам самим сейчас ничего не нужно. Если понадобится помощь, выберите Профиль → Статус. Если вам дадут приглашение, пришлите его сюда.
welcome-new-too-late = Добро пожаловать! Ваше приглашение больше не действует: попросите новое и пришлите его сюда. Пока ваш статус — Зелёный ✅: вы можете помогать, а вам самим помощь не нужна.

invited-to-help-them = <b>{ $name }</b> просит вас помочь.
invited-to-help-friend = <b>{ $name }</b> просит вас помочь. Кому: <b>{ $friend }</b>.
invited-question = { $name }: хотите помочь?
invited-yes = ❤️ Да, хочу помочь
invited-sum = ❤️ { $sum }
invited-no = Не сейчас
start-no-invite = Это приглашение никуда не ведёт или уже не действует. Попросите новое и пришлите его сюда целиком.
invited-knows-them = <b>{ $name }</b> приглашает вас.
invited-knows-friend = <b>{ $name }</b> приглашает вас познакомиться: <b>{ $friend }</b>.
invited-needs-nothing = { $name }: сейчас помощь не нужна. Если понадобится, вы узнаете.
# Кроме того приглашения, что показано, были и другие.
invited-also =
    { $count ->
        [one] У вас было и ещё одно приглашение: <b>{ $names }</b>. Эта карточка — в разделе «Участники», в ближнем круге.
        [few] У вас были и другие приглашения: <b>{ $names }</b>. Эти карточки — в разделе «Участники», в ближнем круге.
       *[many] У вас были и другие приглашения: <b>{ $names }</b>. Эти карточки — в разделе «Участники», в ближнем круге.
    }
# Кто-то открыл приглашение для одного человека к тому, с кем уже знаком.
invite-left = <b>{ $name }</b> — вы уже знакомы, поэтому приглашение не использовано: его можно передать дальше.
invite-own = Это ваше собственное приглашение. Перешлите его тем, кто мог бы помочь.
