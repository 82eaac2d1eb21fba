# Участники, их карточки и приглашения.

members-near =
    { $count ->
        [one] <b>Ваш ближний круг</b>: { $count } участник, с которым вас связывает помощь.
        [few] <b>Ваш ближний круг</b>: { $count } участника, с которыми вас связывает помощь.
       *[many] <b>Ваш ближний круг</b>: { $count } участников, с которыми вас связывает помощь.
    }
members-alone = В вашем ближнем круге пока никого нет.
members-how-to-grow = Он растёт, когда вы помогаете или помогают вам: откройте приглашение, которое вам дали, или передайте своё.
members-show-near = 👥 Ближний круг ({ $count })
members-invite = 🔗 Пригласить
members-one = 👤 { $name }

card-title = <b>{ $name }</b> · { $status }
card-reliability = Обещания: исполнено в срок — { $fulfilled }, с опозданием — { $late }, просрочено сейчас — { $overdue }
card-monthly = 🔆 Нужно { $sum } в месяц
card-monthly-paused = 🔆 Нужно { $sum } в месяц; на время экстренной ситуации приостановлено
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
card-invite = 🔗 Позвать других на помощь

invite-mine = <b>Ваше приглашение</b>: кто его откроет, увидит вашу карточку и сможет вам помочь.
invite-for = <b>Приглашение помочь участнику { $name }</b>: кто его откроет, увидит карточку и сможет помочь.
invite-link = { $link }
invite-link-and-word = { $link } — отправьте туда: <code>{ $word }</code>
invite-word = Отправьте этому боту: <code>{ $word }</code>
invite-how = Передавайте его только тем, кого знаете. Открыть его могут несколько человек, пока вы его не отзовёте.
invite-share = ↗️ Переслать
invite-none = Сейчас приглашения нет, но его можно создать.
invite-make = 🔗 Создать приглашение
invite-revoke = 🚫 Отозвать
invite-revoke-sure = Отозвать приглашение к карточке участника { $name }? Ссылка перестанет действовать.
invite-revoke-yes = 🚫 Да, отозвать
invite-revoke-no = Оставить
invite-revoked = Приглашение отозвано.
