# Участники, их карточки и приглашения.

members-near =
    { $count ->
        [one] <b>Ваш ближний круг</b>: { $count } участник. Вас связывает помощь или приглашение.
        [few] <b>Ваш ближний круг</b>: { $count } участника. Вас связывает помощь или приглашение.
       *[many] <b>Ваш ближний круг</b>: { $count } участников. Вас связывает помощь или приглашение.
    }
members-alone = В вашем ближнем круге пока никого нет.
members-how-to-grow = Круг растёт, когда вы помогаете кому-то или кто-то помогает вам и когда люди приходят по приглашению: откройте то, которое вам дали, или передайте своё.
members-show-near = 👥 Ближний круг ({ $count })
members-invite = 🔗 Пригласить
members-one = 👤 { $name }

card-title = <b>{ $name }</b> · { $status }
card-reliability = Обещания: в срок — { $fulfilled }, с опозданием — { $late }, просрочено — { $overdue }
card-no-promises = Обещаний пока не было
card-monthly = 🔆 Нужно { $sum } в месяц
card-monthly-paused = 🔆 Нужно { $sum } в месяц; пока идёт экстренный сбор, приостановлено
card-emergency = 🆘 Нужно { $sum } к { $date }
card-fulfilled = 👍 Получено: { $sum }
card-claimed = 🤝→👍 Исполнено, ждёт подтверждения: { $sum }
card-promised = 🤝 Обещано: { $sum }
card-intended = ❤️ Намерения: { $sum }
card-missing = 🙏 Недостаёт: <b>{ $sum }</b>
card-circle =
    { $count ->
        [one] 👥 Помогает { $count } участник:
        [few] 👥 Помогают { $count } участника:
       *[many] 👥 Помогают { $count } участников:
    }
card-supporter = – { $name }
card-supporter-sum = – { $name }: { $sign } { $sum }
card-and-more =
    { $count ->
        [one] … и ещё { $count }
        [few] … и ещё { $count }
       *[many] … и ещё { $count }
    }
card-help = ❤️ Помочь
card-my-help = 🤝 Моя помощь здесь
card-invite = 🔗 Позвать других помочь
card-part = ✖️ Убрать из моего круга
card-part-sure = Убрать из вашего круга: <b>{ $name }</b>? Вы больше не будете видеть карточки друг друга и узнавать новости. Никто об этом не узнает. Что между вами не закончено, останется видно вам обоим.
card-part-yes = ✖️ Да, убрать
card-part-no = Оставить
card-parted = Больше не в вашем круге: { $name }.

invite-mine = <b>Ваше приглашение</b>: кто его откроет, увидит вашу карточку и сможет вам помочь.
invite-for = <b>{ $name }: приглашение помочь</b>. Кто его откроет, увидит карточку и сможет помочь.
invite-link = { $link }
invite-link-and-word = { $link } — отправьте туда: <code>{ $word }</code>
invite-word = Отправьте этому боту: <code>{ $word }</code>
invite-how = Передавайте его только тем, кого знаете. Пока вы его не отзовёте, по нему могут прийти несколько человек.
invite-share = ↗️ Переслать
invite-none = Приглашения пока нет. Его можно создать.
invite-make = 🔗 Создать приглашение
invite-revoke = 🚫 Отозвать
invite-revoke-sure = { $name }: отозвать приглашение? По ссылке больше нельзя будет прийти.
invite-revoke-yes = 🚫 Да, отозвать
invite-revoke-no = Оставить
invite-revoked = Приглашение отозвано.
