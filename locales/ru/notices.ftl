# О чём людям сообщают и чем на это можно ответить.

notice-answered = Вы на это уже ответили. Вот как обстоят дела сейчас.
notice-look = 👀 Посмотреть
notice-card = 👤 Карточка
notice-release = 🕊 Что остаётся в силе

notice-intention = ❤️ <b>{ $name }</b> хочет помочь вам: { $sum }.
notice-obligation = 🤝 <b>{ $name }</b> обещает помочь вам: { $sum }.
notice-changed = ✏️ <b>{ $name }</b> меняет своё намерение помочь вам: было { $from }, стало { $sum }.
notice-withdrawn = <b>{ $name }</b> отзывает намерение помочь вам на { $sum }.
notice-promised = 🤝 <b>{ $name }</b> теперь обещает помочь вам: { $sum }.
notice-claimed = 👍 <b>{ $name }</b> сообщает: вам отправлена помощь на { $sum }. Она дошла?
notice-reminded = 🔔 <b>{ $name }</b> напоминает: вам отправлена помощь на { $sum }. Она дошла?
notice-asked-to-promise = 🙏 <b>{ $name }</b> спрашивает, обещаете ли вы помочь на { $sum }.
notice-asked-to-fulfil = 🙏 <b>{ $name }</b> просит вас исполнить обещание на { $sum }. Как передать помощь, спросите лично.
notice-confirmed = 👍 <b>{ $name }</b> подтверждает: помощь на { $sum } дошла. Спасибо вам!
notice-not-received = <b>{ $name }</b> сообщает: помощь на { $sum } пока не дошла. Это снова обязательство 🤝.
notice-forgiven = 🕊 <b>{ $name }</b> освобождает вас от обещания на { $sum }.
notice-cancelled-covered = 🎉 Экстренный сбор участника <b>{ $name }</b> закрыт полностью. Ваше обещание на { $sum } больше не нужно. Спасибо!
notice-cancelled-ended = Участнику <b>{ $name }</b> больше не нужна ежемесячная помощь. Ваше намерение на { $sum } отменено. Спасибо!

notice-circle-intention = ❤️ <b>{ $name }</b> хочет помочь участнику { $friend }: { $sum }.
notice-circle-obligation = 🤝 <b>{ $name }</b> обещает помочь участнику { $friend }: { $sum }.
notice-circle-changed = ✏️ <b>{ $name }</b> меняет своё намерение помочь участнику { $friend }: теперь { $sum }.
notice-circle-withdrawn = <b>{ $name }</b> отзывает намерение помочь участнику { $friend } на { $sum }.
notice-circle-promised = 🤝 <b>{ $name }</b> обещает помочь участнику { $friend }: { $sum }.
notice-circle-claimed = 👍 <b>{ $name }</b> сообщает: участнику { $friend } отправлена помощь на { $sum }.
notice-circle-confirmed = 👍 <b>{ $friend }</b> подтверждает: помощь на { $sum } от участника { $name } дошла.

notice-opened-monthly = 🔆 <b>{ $name }</b> просит о помощи: { $sum } каждый месяц.
notice-opened-emergency = 🆘 <b>{ $name }</b> просит о срочной помощи: { $sum } к { $date }.
notice-move-to-emergency = 🆘 <b>{ $name }</b> просит о срочной помощи: { $sum } к { $date }. Ваше намерение на { $intention } пока приостановлено. Превратить его в обязательство 🤝 экстренного сбора?
notice-target-changed = ✏️ <b>{ $name }</b> теперь просит { $sum } вместо { $from }.
notice-date-changed = 📅 <b>{ $name }</b> переносит срок сбора на { $date }.
notice-ended-monthly = ✅ Участнику <b>{ $name }</b> больше не нужна ежемесячная помощь.
notice-ended-emergency =
    { $count ->
        [0] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }.
       *[other] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }, помогающих — { $count }.
    }
notice-covered = 🎉 Экстренный сбор участника <b>{ $name }</b> закрыт полностью: собрано { $gathered } из { $sum }, помогающих — { $count }.
notice-covered-mine = 🎉 Ваш экстренный сбор закрыт полностью: собрано { $gathered } из { $sum }, помогающих — { $count }.
notice-thanks = 🎉 Спасибо за помощь участнику <b>{ $name }</b>! Экстренный сбор завершён: собрано { $gathered } из { $sum }, помогающих — { $count }.
notice-ended-promised =
    { $count ->
        [0] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }. Ваше обещание 🤝 на { $promised } остаётся в силе.
       *[other] Экстренный сбор участника <b>{ $name }</b> завершён: собрано { $gathered } из { $sum }, помогающих — { $count }. Ваше обещание 🤝 на { $promised } остаётся в силе.
    }
notice-ran-out-mine =
    { $count ->
        [0] 📅 Срок вашего экстренного сбора прошёл: собрано { $gathered } из { $sum }. Если вам что-то обещали, это остаётся в силе.
       *[other] 📅 Срок вашего экстренного сбора прошёл: собрано { $gathered } из { $sum }, помогающих — { $count }. То, что вам обещали, остаётся в силе.
    }

notice-ring-monthly = 🔆 <b>{ $name }</b> просит о ежемесячной помощи. В этом месяце пока недостаёт 🙏: { $missing }.
notice-ring-emergency = 🆘 <b>{ $name }</b> просит о срочной помощи к { $date }. Пока недостаёт 🙏: { $missing }.

notice-remind-monthly = ⏰ Вы обещали помочь участнику <b>{ $name }</b>: { $sum }. Месяц заканчивается { $date }, потом обещание будет просрочено.
notice-remind-emergency = ⏰ Вы обещали помочь участнику <b>{ $name }</b> в экстренном сборе: { $sum }. Срок — { $date }.
