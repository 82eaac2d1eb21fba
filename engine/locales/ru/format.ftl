# Как по-русски пишут числа, суммы и даты. Код ничего об этом не знает.

language-name = Русский

format-decimal = ,
# Неразрывный пробел: число не переносится на другую строку.
format-group = { "\u00A0" }

# В $amount разряды уже отделены; $currency — один из знаков ниже.
format-sum = { $amount }{ "\u00A0" }{ $currency }
format-negative = −{ $sum }
# $about: та же сумма в другой валюте, округлённо.
format-also = { $sum } (≈{ "\u00A0" }{ $about })

currency-EUR = €
currency-USD = $
currency-GBP = £
currency-RUB = ₽
currency-UAH = ₴
currency-ILS = ₪
currency-TRY = ₺
currency-GEL = ₾
currency-KZT = ₸
currency-AMD = ֏
currency-CHF = CHF
currency-RSD = RSD
currency-BAM = BAM
currency-PLN = PLN
currency-CZK = CZK
currency-BYN = BYN
currency-other = { $code }

format-date = { $day }{ "\u00A0" }{ format-month-in-date }{ "\u00A0" }{ $year } года
# Для кнопок: «3.11.2026».
format-date-short = { $day }.{ format-month-short }.{ $year }
format-day-month = { $day }{ "\u00A0" }{ format-month-in-date }
    .brief = { $day }.{ format-month-short }
format-month = { format-month-alone } { $year }
format-date-time-short = { $date }, { $hour }:{ $minute }
format-date-time = { $date } в { $hour }:{ $minute }

# Месяц при числе: «25 ноября».
format-month-in-date =
    { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    }

format-month-short =
    { $month ->
        [1] 01
        [2] 02
        [3] 03
        [4] 04
        [5] 05
        [6] 06
        [7] 07
        [8] 08
        [9] 09
        [10] 10
        [11] 11
       *[12] 12
    }

# Месяц без числа: «ноябрь 2026».
format-month-alone =
    { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    }
