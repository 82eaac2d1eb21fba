# О чём, когда и куда пишут участнику.

notifications-title = 🔔 <b>Уведомления</b>
notifications-how = Выберите, что изменить: ✅ сразу, 📬 раз в день в { $hour }, 🔕 не сообщать.
notifications-always = То, что требует вашего ответа, приходит всегда: просьбы подтвердить помощь, пообещать её или исполнить обещание, ваша доля в случае кассы взаимопомощи и всё просроченное.
notifications-quiet = 🌙 Тихие часы: { $hours }
notifications-never-quiet = 🌙 Тихие часы: нет
notifications-zone = 🕰 Часовой пояс: { $zone } (сейчас { $time })
notifications-account = ✉️ Сообщения приходят сюда: { $account }

notifications-on = ✅ { $what }
notifications-digest = 📬 { $what }: раз в день
    .brief = 📬 { $what }
notifications-off = 🔕 { $what }: выключено
    .brief = 🔕 { $what }
notifications-now-on = ✅ { $what }: теперь вы будете узнавать об этом сразу.
notifications-now-digest = 📬 { $what }: теперь вы будете узнавать об этом раз в день, в { $hour }.
notifications-now-off = 🔕 { $what }: больше не сообщаю.

notifications-network = Статусы в моей сети
notifications-help-to-me = Помощь мне
notifications-own-help = Моя помощь другим
notifications-supported = Новости кругов, которые я поддерживаю
notifications-reminders = Напоминания
notifications-digests = Итоги месяца
notifications-announcements = Объявления

notifications-set-hour = 📬 Когда присылать новости за день
notifications-set-quiet = 🌙 Тихие часы
notifications-set-zone = 🕰 Часовой пояс
notifications-set-account = ✉️ Куда мне писать

daily-hour-now = 📬 Новости за день приходят в { $hour }.
daily-hour-question = В котором часу их присылать? Выберите или напишите час, например 8 или 20:00.
daily-hour-offer = 📬 { $hour }
daily-hour-done = 📬 Новости за день теперь приходят в { $hour }.
daily-hour-not-understood = Это не целый час. Напишите, пожалуйста, число от 0 до 23, например 8 или 20.

zone-as-usual = 🏠 Как в нашем сообществе: { $zone }
