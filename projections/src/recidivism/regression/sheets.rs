//! A model as tables that leave the house.

use super::Answer;
use crate::recidivism::sheets::definition_sheet;
use crate::sheet::{Column, Sheet};

impl Answer {
    /// The model as tables: what is counted, each covariate's coefficient, and the model as a whole.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![
            definition_sheet(
                &self.definition,
                &self.definition_digest,
                self.on.0,
                &self.definition_text,
            ),
            self.covariates_sheet(),
            self.model_sheet(),
        ]
    }

    fn covariates_sheet(&self) -> Sheet {
        let number = |name: &str, tag: &str| Column::number(name, format!("#indicator+{tag}+num"));
        let columns = [
            Column::text("covariate", "#indicator+name"),
            number("coefficient", "coefficient"),
            number("standard_error", "error"),
            number("hazard_ratio", "ratio"),
            number("hazard_ratio_lower", "ratio+lower"),
            number("hazard_ratio_upper", "ratio+upper"),
            number("z", "z"),
            number("p", "p"),
        ];
        let title = format!(
            "What raises (above 1) or lowers the rate of failure, by unit of each covariate, the \
             others being equal (Cox, {})",
            self.ties.as_str()
        );
        let mut sheet = Sheet::new("covariates", title, columns);
        for effect in &self.covariates {
            sheet.push([
                effect.covariate.as_str().into(),
                effect.coefficient.into(),
                effect.standard_error.into(),
                effect.hazard_ratio.into(),
                effect.interval.map(|(lower, _)| lower).into(),
                effect.interval.map(|(_, upper)| upper).into(),
                effect.z.into(),
                effect.p.into(),
            ]);
        }
        sheet
    }

    fn model_sheet(&self) -> Sheet {
        let number = |name: &str, tag: &str| Column::number(name, format!("#indicator+{tag}+num"));
        let columns = [
            Column::count("persons", "#affected"),
            Column::count("events", "#affected+failed"),
            Column::count("left_out", "#affected+left_out"),
            Column::count("not_mature", "#affected+not_mature"),
            Column::count("too_brief", "#affected+too_brief"),
            Column::count("rows", "#indicator+rows+num"),
            Column::count("units_at_risk", "#indicator+units+num"),
            number("log_likelihood_null", "likelihood+null"),
            number("log_likelihood", "likelihood"),
            number("likelihood_ratio_chi2", "likelihood_ratio"),
            number("likelihood_ratio_p", "likelihood_ratio+p"),
            number("score_chi2", "score"),
            number("score_p", "score+p"),
            number("concordance", "concordance"),
        ];
        let title = format!(
            "The model as a whole; time in units of one {}",
            self.unit.as_str()
        );
        let mut sheet = Sheet::new("model", title, columns);
        sheet.push([
            self.persons.into(),
            self.events.into(),
            self.left_out.into(),
            self.not_mature.into(),
            self.too_brief.into(),
            self.rows.into(),
            self.units_at_risk.into(),
            self.log_likelihood_null.into(),
            self.log_likelihood.into(),
            self.likelihood_ratio.chi2.into(),
            self.likelihood_ratio.p.into(),
            self.score.chi2.into(),
            self.score.p.into(),
            self.concordance.into(),
        ]);
        sheet
    }
}
