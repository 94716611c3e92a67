# What the panels of figures say.

today-owed-title = What is owed
today-subtitle = Everything owed on { $day }, list by list; a date that passes needs no event.
today-headline = { $lists ->
    [0] Nothing is overdue
    [one] One list has something overdue
   *[other] { $lists-said } lists have something overdue
}
today-nothing = Nothing is owed
today-list = List
today-rows = All
today-upcoming = Upcoming
today-due = Due
today-overdue = Overdue
today-running = Without a deadline
arrivals-title = Arrivals by month and return type
arrivals-month = Month of arrival
arrivals-headline = { $count ->
    [one] One person arrived: { $kind }, { $share }
   *[other] { $count-said } journeys began with an arrival; the most frequent kind was { $kind }, { $share }
}
arrivals-subtitle = Journeys by month of arrival and return type; n = { $count-said }
