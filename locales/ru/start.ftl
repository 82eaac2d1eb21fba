# Как люди приходят.

welcome-hello = <b>Эксодус</b> — для тех, кто помогает друг другу: он помнит, кто попросил, кто пообещал и кто сделал. Деньги через него не ходят.
welcome-choose = Пожалуйста, выберите язык. · Please choose your language.
welcome-language = { $name }
welcome-new = Добро пожаловать! Ваш статус — Зелёный ✅: вы можете помогать, а вам самим сейчас ничего не нужно. Изменить его можно в профиле.

invited-to-help-them = <b>{ $name }</b> приглашает вас помочь.
invited-to-help-friend = <b>{ $name }</b> приглашает вас помочь другу по имени <b>{ $friend }</b>.
invited-question = Хотите помочь участнику { $name }?
invited-yes = ❤️ Да, хочу помочь
invited-no = Не сейчас
invited-needs-nothing = Участнику { $name } сейчас ничего не нужно. Спасибо, что откликнулись!
invite-own = Это приглашение ведёт к вам. Оно для других: перешлите его им.

language-choose = На каком языке говорить?
language-now = ✓ { $name }
language-changed = Теперь я говорю по-русски.
