# Writes golden.csv: figures that the data of Rossi, Berk and Lenihan (1980) alone cannot show, since
# nobody in them is censored before week 52. The cohort is thinned by a rule, so that people are
# censored, enter late, leave for a while, fail by one of two causes and fall into groups and strata.
# Run with R 4.2.2 and survival 3.5-3: R --vanilla --no-echo --file=golden.R
library(survival)
out <- file("golden.csv", "w")
say <- function(name, value) {
  value <- as.numeric(value)
  text <- ifelse(is.na(value), "NA", formatC(value, digits = 15, format = "g", width = 1))
  cat(paste0(name, ",", text, "\n"), file = out, sep = "")
}
cat("name,value\n", file = out)
r <- read.csv("rossi.csv")
i <- seq_len(nrow(r)) - 1
seen <- 8 + (i * 7) %% 50
r$stop <- pmin(r$week, seen)
r$event <- as.integer(r$arrest == 1 & r$week <= seen)
r$late <- (i * 5) %% 11
r$late[r$late >= r$stop] <- 0
r$cause <- factor(ifelse(r$event == 0, 0, ifelse(r$prio > 2, 2, 1)), 0:2, c("none", "one", "two"))
r$group <- pmin(r$prio %/% 2, 3)
r$copies <- 1 + i %% 3
times <- c(1, 5, 10, 20, 30, 45, 52)
scales <- c("plain", "log", "log-log")

curve <- function(name, y) {
  for (scale in scales) {
    fit <- survfit(y ~ 1, conf.type = scale)
    s <- summary(fit, times = times, extend = TRUE)
    # At a time before the first one R says 1, at a later one before the first failure NA. Here: NA.
    if (scale == "log-log") s$lower[s$surv == 1] <- s$upper[s$surv == 1] <- NA
    say(paste(name, scale, "lower", times), s$lower)
    say(paste(name, scale, "upper", times), s$upper)
    p <- c(0.05, 0.1, 0.15, 0.2, 0.25, 0.5)
    q <- quantile(fit, p)
    say(paste(name, scale, "quantile", p), q$quantile)
    say(paste(name, scale, "quantile lower", p), q$lower)
    say(paste(name, scale, "quantile upper", p), q$upper)
  }
  say(paste(name, "at risk", times), s$n.risk)
  say(paste(name, "survival", times), s$surv)
  say(paste(name, "error", times), s$std.err)
  say(paste(name, "hazard", times), s$cumhaz)
  say(paste(name, "hazard error", times), s$std.chaz)
  for (horizon in c(15, 40, 52, 60)) {
    m <- survival:::survmean(fit, rmean = horizon)$matrix
    say(paste(name, "mean", horizon), m["rmean"])
    say(paste(name, "mean error", horizon), m["se(rmean)"])
  }
}
curve("rossi", Surv(r$week, r$arrest))
curve("censored", Surv(r$stop, r$event))
curve("late", Surv(r$late, r$stop, r$event))
# All fail, so the curve ends at 0; several times lie exactly on a quantile.
all <- c(3, 3, 5, 6, 6, 8, 9, 9, 12, 20, 21, 21, 25, 30, 33, 33, 41, 44, 50, 55)
curve("all", Surv(all, rep(1, 20)))

# Everyone whose place is divisible by 4 is away in (3, 6].
away <- i %% 4 == 0 & r$stop > 6
gaps <- rbind(
  data.frame(id = i, start = ifelse(away, 6, 0), stop = r$stop, event = r$event),
  data.frame(id = i[away], start = 0, stop = 3, event = 0)
)
gaps <- gaps[order(gaps$id, gaps$start), ]
fit <- survfit(Surv(start, stop, event) ~ 1, gaps, id = id, robust = FALSE)
s <- summary(fit, times = times)
say(paste("gaps at risk", times), s$n.risk)
say(paste("gaps survival", times), s$surv)
say(paste("gaps error", times), s$std.err)

for (scale in scales) {
  fit <- survfit(Surv(stop, cause) ~ 1, r, conf.type = scale)
  s <- summary(fit, times = times)
  for (k in 1:2) {
    say(paste("causes", scale, "lower", k, times), s$lower[, k + 1])
    say(paste("causes", scale, "upper", k, times), s$upper[, k + 1])
  }
}
for (k in 0:2) {
  say(paste("causes share", k, times), s$pstate[, k + 1])
  say(paste("causes error", k, times), s$std.err[, k + 1])
}
s <- summary(survfit(Surv(late, stop, cause) ~ 1, r, id = i), times = times)
for (k in 0:2) say(paste("delayed causes share", k, times), s$pstate[, k + 1])

test <- function(name, d) {
  say(paste(name, "chi2"), d$chisq)
  say(paste(name, "p"), d$pvalue)
  if (is.matrix(d$obs)) {
    d$obs <- rowSums(d$obs)
    d$exp <- rowSums(d$exp)
  }
  groups <- seq_along(d$obs) - 1
  say(paste(name, "observed", groups), d$obs)
  say(paste(name, "expected", groups), d$exp)
}
for (rho in 0:2) {
  test(paste("groups", rho), survdiff(Surv(stop, event) ~ group, r, rho = rho))
  test(paste("strata", rho), survdiff(Surv(stop, event) ~ group + strata(wexp, race), r, rho = rho))
}

model <- function(name, formula, data, ties = "efron") {
  control <- coxph.control(eps = 1e-12, toler.chol = 1e-13, iter.max = 40)
  m <- coxph(formula, data, ties = ties, control = control)
  terms <- c("fin", "age", "prio")
  say(paste(name, "coefficient", terms), coef(m)[terms])
  say(paste(name, "error", terms), sqrt(diag(vcov(m)))[terms])
  say(paste(name, "covariance"), vcov(m)["age", "prio"])
  say(paste(name, "log likelihood", 0:1), m$loglik)
  say(paste(name, "score"), m$score)
  say(paste(name, "likelihood ratio"), 2 * diff(m$loglik))
  say(paste(name, c("concordant", "discordant", "tied")), m$concordance[1:3])
}
for (ties in c("efron", "breslow")) {
  model(paste("cox rossi", ties), Surv(week, arrest) ~ fin + age + prio, r, ties)
  model(paste("cox censored", ties), Surv(stop, event) ~ fin + age + prio, r, ties)
  model(paste("cox late", ties), Surv(late, stop, event) ~ fin + age + prio, r, ties)
  model(paste("cox strata", ties), Surv(late, stop, event) ~ fin + age + prio + strata(group), r, ties)
  model(paste("cox copies", ties), Surv(late, stop, event) ~ fin + age + prio, r[rep(seq_along(i), r$copies), ], ties)
}

for (case in list(c(0, 5), c(1, 5), c(5, 5), c(3, 30), c(17, 21), c(114, 432), c(40801, 99999))) {
  for (level in c(0.9, 0.95)) {
    name <- paste(case[1], "of", case[2], "at", level)
    say(paste(name, "wilson", 0:1), suppressWarnings(prop.test(case[1], case[2], conf.level = level, correct = FALSE))$conf.int)
    say(paste(name, "exact", 0:1), binom.test(case[1], case[2], conf.level = level)$conf.int)
    say(paste(name, "rate", 0:1), 100 * poisson.test(case[1], case[2], conf.level = level)$conf.int)
  }
}
close(out)
