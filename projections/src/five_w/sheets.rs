//! 5W as tables that leave the house; each title says what is counted.

use super::Answer;
use crate::sheet::{Column, Sheet, Value};

impl Answer {
    /// By month, and consolidated over the whole period.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![self.monthly(), self.consolidated()]
    }

    fn monthly(&self) -> Sheet {
        let mut columns = vec![Column::day("month", "#date+month")];
        columns.extend(self.by.iter().map(|name| column(name)));
        columns.extend(counts());
        let title = format!(
            "Who does what, where, when, for whom, {} to {}: services, and different persons reached \
             in each month. Persons of several months or rows must not be added up: see `consolidated`",
            self.from, self.to
        );
        let mut sheet = Sheet::new("monthly", title, columns);
        for group in &self.months {
            let mut row: Vec<Value> = vec![group.month.first_day().into()];
            row.extend(group.values.iter().cloned().map(Value::from));
            row.extend([group.services.into(), group.persons.into()]);
            sheet.push(row);
        }
        sheet
    }

    /// The last row is of everybody.
    fn consolidated(&self) -> Sheet {
        let mut columns = vec![
            Column::day("first_month", "#date+start"),
            Column::day("last_month", "#date+end"),
        ];
        columns.extend(self.by.iter().map(|name| column(name)));
        columns.extend(counts());
        let title = format!(
            "Consolidated {} to {}: services, and different persons reached over the whole period, \
             each counted once in each row; empty groups in the last row, which is of everybody",
            self.from, self.to
        );
        let mut sheet = Sheet::new("consolidated", title, columns);
        let period: [Value; 2] = [self.from.first_day().into(), self.to.first_day().into()];
        let groups = self.consolidated.iter().filter(|_| !self.by.is_empty());
        for group in groups {
            let mut row = period.to_vec();
            row.extend(group.values.iter().cloned().map(Value::from));
            row.extend([group.services.into(), group.persons.into()]);
            sheet.push(row);
        }
        let mut row = period.to_vec();
        row.extend(self.by.iter().map(|_| Value::Missing));
        row.extend([self.services.into(), self.persons.into()]);
        sheet.push(row);
        sheet
    }
}

fn counts() -> [Column; 2] {
    [
        Column::count("services", "#output+services"),
        Column::count("persons", "#reached+ind"),
    ]
}

/// The column of a dimension, tagged as 5W matrices are.
fn column(name: &str) -> Column {
    let hxl = match name {
        "ledger" => "#country+ledger",
        "agency" => "#org",
        "service" => "#activity+type",
        "activity" => "#activity",
        "area" => "#adm1+code",
        "programme" => "#activity+programme",
        "group" => "#affected+type",
        _ => return Column::dimension(name),
    };
    Column::text(name, hxl)
}
