# Что делают команды: так их перечисляют мессенджеры рядом с полем ввода.

about-command-start = Начать
about-command-menu = Главное меню
about-command-help = Как это работает
about-command-language = Выбрать язык
about-command-cancel = Прервать начатое
