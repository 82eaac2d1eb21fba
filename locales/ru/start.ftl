# Как люди приходят.

welcome-hello = <b>Эксодус</b> — для тех, кто помогает друг другу: он помнит, кто попросил о помощи, кто её пообещал и кто уже помог. Деньги через него не ходят.
welcome-invite = Вам дали приглашение? Пришлите его сюда, как получили. · Have you been given an invite? Send it here, just as you got it.
welcome-choose = Пожалуйста, выберите язык. · Please choose your language.
welcome-language = { $name }
welcome-new = Добро пожаловать! Ваш статус — Зелёный ✅: вы можете помогать, а вам самим сейчас ничего не нужно. Изменить его можно в профиле. Если вам дадут приглашение, пришлите его сюда.

invited-to-help-them = <b>{ $name }</b> просит вас помочь.
invited-to-help-friend = <b>{ $name }</b> просит вас помочь: <b>{ $friend }</b>.
invited-question = { $name }: хотите помочь?
invited-yes = ❤️ Да, хочу помочь
invited-no = Не сейчас
invited-needs-nothing = { $name }: сейчас помощь не нужна. Спасибо, что откликнулись!
invite-own = Это ваше собственное приглашение. Перешлите его тем, кто мог бы помочь.

language-choose = На каком языке мне с вами говорить?
language-now = ✓ { $name }
language-changed = Теперь я говорю по-русски.
