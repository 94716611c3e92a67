//! Outcomes as tables that leave the house.

use super::{Answer, ChangeGroup, ScoreGroup};
use crate::sheet::{Column, Sheet, Value};

impl Answer {
    /// Scores, change, who was asked, and spells; each title says the unit and what must be said of
    /// the instruments.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![
            self.scores(),
            self.changes(),
            self.responses(),
            self.spells(),
        ]
    }

    /// What must be said wherever a score is shown.
    fn labels(&self) -> String {
        let said = self.instruments.iter();
        let said: Vec<String> = said
            .map(|named| format!("{}: {}", named.name, named.label))
            .collect();
        if said.is_empty() {
            String::new()
        } else {
            format!(" ({})", said.join("; "))
        }
    }

    /// Columns that name a row, those of the groups, and those that count.
    fn columns(&self, first: &[(&str, &str)], counts: Vec<Column>) -> Vec<Column> {
        let first = first.iter().map(|(name, hxl)| Column::text(*name, *hxl));
        let groups = self.by.iter().map(|name| Column::dimension(name));
        first.chain(groups).chain(counts).collect()
    }

    fn scores(&self) -> Sheet {
        let counts = vec![
            Column::count("journeys", "#affected+journeys"),
            Column::count("persons", "#affected+ind"),
            Column::number("mean_score", "#indicator+score+mean"),
            Column::count("items_answered", "#meta+items+answered"),
            Column::count("items_refused", "#meta+items+refused"),
            Column::count("items_not_known", "#meta+items+not_known"),
            Column::count("items_not_asked", "#meta+items+not_asked"),
        ];
        let first = [
            ("instrument", "#indicator+code"),
            ("dimension", "#indicator+dimension"),
            ("wave", "#date+wave"),
        ];
        let title = format!(
            "Scores from 0 to 1 by instrument, dimension and wave, as of {}; the unit is the journey{}",
            self.on,
            self.labels()
        );
        let mut sheet = Sheet::new("scores", title, self.columns(&first, counts));
        for group in &self.scores {
            let ScoreGroup {
                instrument,
                dimension,
                wave,
                values,
                items,
                ..
            } = group;
            let named = [instrument.as_str(), dimension.as_str(), wave.as_str()];
            let counts = [
                group.journeys.into(),
                group.persons.into(),
                group.mean().into(),
                i64::from(items.answered).into(),
                i64::from(items.refused).into(),
                i64::from(items.not_known).into(),
                i64::from(items.not_asked).into(),
            ];
            sheet.push(row(&named, values, counts));
        }
        sheet
    }

    fn changes(&self) -> Sheet {
        let counts = vec![
            Column::count("baseline_journeys", "#affected+journeys+baseline"),
            Column::count("paired_journeys", "#affected+journeys+paired"),
            Column::number("mean_from", "#indicator+score+mean+from"),
            Column::number("mean_to", "#indicator+score+mean+to"),
            Column::number("mean_change", "#indicator+score+change"),
            Column::number("standard_error", "#indicator+score+change+se"),
            Column::number("lower_95", "#indicator+score+change+lower"),
            Column::number("upper_95", "#indicator+score+change+upper"),
            Column::count("expected_journeys", "#affected+journeys+expected"),
            Column::count("responded_journeys", "#affected+journeys+responded"),
            Column::number("response_rate", "#indicator+response"),
            Column::count("unscored_journeys", "#affected+journeys+unscored"),
            Column::count(
                "not_comparable_journeys",
                "#affected+journeys+other_version",
            ),
            Column::count("missing_journeys", "#affected+journeys+missing"),
            Column::count("not_observed_journeys", "#affected+journeys+not_observed"),
            Column::count("not_yet_journeys", "#affected+journeys+not_yet"),
        ];
        let first = [
            ("instrument", "#indicator+code"),
            ("dimension", "#indicator+dimension"),
            ("wave_from", "#date+wave+from"),
            ("wave_to", "#date+wave+to"),
        ];
        let title = format!(
            "Paired change of journeys from the baseline to a later wave of the same version of an \
             instrument, with who is missing, as of {}{}",
            self.on,
            self.labels()
        );
        let mut sheet = Sheet::new("score-changes", title, self.columns(&first, counts));
        for group in &self.changes {
            let ChangeGroup {
                instrument,
                dimension,
                wave_from,
                wave_to,
                values,
                ..
            } = group;
            let named = [
                instrument.as_str(),
                dimension.as_str(),
                wave_from.as_str(),
                wave_to.as_str(),
            ];
            let counts: [Value; 16] = [
                group.baseline.into(),
                group.paired.into(),
                group.mean_from.into(),
                group.mean_to.into(),
                group.mean_change.into(),
                group.standard_error.into(),
                group.lower.into(),
                group.upper.into(),
                group.expected.into(),
                group.responded.into(),
                group.response_rate().into(),
                group.unscored.into(),
                group.not_comparable.into(),
                group.missing.into(),
                group.not_observed.into(),
                group.not_yet.into(),
            ];
            sheet.push(row(&named, values, counts));
        }
        sheet
    }

    fn responses(&self) -> Sheet {
        let counts = vec![
            Column::count("expected_journeys", "#affected+journeys+expected"),
            Column::count("responded_journeys", "#affected+journeys+responded"),
            Column::number("response_rate", "#indicator+response"),
            Column::count("missing_journeys", "#affected+journeys+missing"),
            Column::count("not_observed_journeys", "#affected+journeys+not_observed"),
            Column::count("not_yet_journeys", "#affected+journeys+not_yet"),
        ];
        let title = format!(
            "Received journeys that were asked at each wave, with any instrument, as of {}",
            self.on
        );
        let columns = self.columns(&[("wave", "#date+wave")], counts);
        let mut sheet = Sheet::new("responses", title, columns);
        for group in &self.responses {
            let counts = [
                group.expected.into(),
                group.responded.into(),
                group.response_rate().into(),
                group.missing.into(),
                group.not_observed.into(),
                group.not_yet.into(),
            ];
            sheet.push(row(&[group.wave.as_str()], &group.values, counts));
        }
        sheet
    }

    fn spells(&self) -> Sheet {
        let counts = vec![
            Column::count("observed_journeys", "#affected+journeys+observed"),
            Column::count("in_spell_journeys", "#affected+journeys+in_spell"),
            Column::number("share_in_spell", "#indicator+share"),
            Column::number("share_of_days_in_spell", "#indicator+share+days"),
            Column::count("not_observed_journeys", "#affected+journeys+not_observed"),
            Column::count("not_yet_journeys", "#affected+journeys+not_yet"),
        ];
        let title = format!(
            "Livelihood, housing and schooling of journeys by the spell that covers 3, 6 and 12 \
             months after reception, as of {}",
            self.on
        );
        let mut columns = self.columns(&[("area", "#sector")], counts);
        columns.insert(1, Column::count("mark_months", "#date+months"));
        let mut sheet = Sheet::new("spells", title, columns);
        for group in &self.spells {
            let mut cells: Vec<Value> = vec![group.area.as_str().into(), group.months.into()];
            cells.extend(group.values.iter().cloned().map(Value::from));
            cells.extend([
                group.observed.into(),
                group.in_spell.into(),
                group.share().into(),
                group.share_of_days().into(),
                group.not_observed.into(),
                group.not_yet.into(),
            ]);
            sheet.push(cells);
        }
        sheet
    }
}

fn row<const N: usize>(named: &[&str], values: &[String], counts: [Value; N]) -> Vec<Value> {
    let named = named.iter().map(|name| Value::from(*name));
    let values = values.iter().cloned().map(Value::from);
    named.chain(values).chain(counts).collect()
}
