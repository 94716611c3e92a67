//! A sheet as a Parquet file: UTF-8 texts, 64-bit integers, doubles and dates, every column optional,
//! uncompressed; manifest, title and HXL tags among the file's key-value metadata.
//! Source: the Apache Parquet format.

use std::sync::Arc;

use homeward_projections::Sheet;
use homeward_projections::sheet::{Column, Kind, Value};
use jiff::civil::{Date, date};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::{Map, Value as Json};

use super::{Format, WriteError, failed};

/// Rows of a group: a reader holds about a group in memory.
const GROUP_ROWS: usize = 100_000;

pub(super) fn write(sheet: &Sheet, manifest: &Json) -> Result<Vec<u8>, WriteError> {
    bytes(sheet, manifest).map_err(|error| failed(&sheet.name, Format::Parquet, &error))
}

fn bytes(sheet: &Sheet, manifest: &Json) -> Result<Vec<u8>, ParquetError> {
    let schema = schema(sheet)?;
    let properties = WriterProperties::builder()
        .set_created_by(concat!("homeward version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(metadata(sheet, manifest)))
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    for rows in sheet.rows.chunks(GROUP_ROWS) {
        let mut group = file.next_row_group()?;
        for (index, column) in sheet.columns.iter().enumerate() {
            if let Some(mut writer) = group.next_column()? {
                let cells = rows
                    .iter()
                    .map(|row| row.get(index).unwrap_or(&Value::Missing));
                write_column(&mut writer, column.kind, cells)?;
                writer.close()?;
            }
        }
        group.close()?;
    }
    file.into_inner()
}

fn metadata(sheet: &Sheet, manifest: &Json) -> Vec<KeyValue> {
    let tags: Map<String, Json> = sheet
        .columns
        .iter()
        .map(|column| (column.name.clone(), column.hxl.clone().into()))
        .collect();
    [
        ("homeward.manifest", manifest.to_string()),
        ("homeward.title", sheet.title.clone()),
        ("homeward.hxl", Json::Object(tags).to_string()),
    ]
    .map(|(key, value)| KeyValue::new(key.to_owned(), value))
    .to_vec()
}

fn schema(sheet: &Sheet) -> Result<TypePtr, ParquetError> {
    let fields = sheet.columns.iter().map(field);
    let fields = fields.collect::<Result<Vec<TypePtr>, _>>()?;
    Ok(Arc::new(
        Type::group_type_builder("sheet")
            .with_fields(fields)
            .build()?,
    ))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Count => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    Ok(Arc::new(
        Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?,
    ))
}

/// Writes a column. A cell that is not of the column's kind would be a mistake of ours, and is
/// missing rather than another number.
fn write_column<'v>(
    writer: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = &'v Value>,
) -> Result<(), ParquetError> {
    match kind {
        Kind::Text => write_known::<ByteArrayType>(
            writer,
            cells.map(|value| match value {
                Value::Text(text) => Some(ByteArray::from(text.as_str())),
                Value::Missing | Value::Count(_) | Value::Number(_) | Value::Day(_) => None,
            }),
        ),
        Kind::Count => write_known::<Int64Type>(
            writer,
            cells.map(|value| match value {
                Value::Count(count) => Some(*count),
                Value::Missing | Value::Text(_) | Value::Number(_) | Value::Day(_) => None,
            }),
        ),
        Kind::Number => write_known::<DoubleType>(
            writer,
            cells.map(|value| match value {
                Value::Number(number) => Some(*number),
                Value::Missing | Value::Text(_) | Value::Count(_) | Value::Day(_) => None,
            }),
        ),
        Kind::Day => write_known::<Int32Type>(
            writer,
            cells.map(|value| match value {
                Value::Day(day) => days_since_1970(*day),
                Value::Missing | Value::Text(_) | Value::Count(_) | Value::Number(_) => None,
            }),
        ),
    }
}

/// Writes what is known, and for each row whether it is.
fn write_known<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut levels, mut known) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        known.extend(cell);
    }
    writer
        .typed::<T>()
        .write_batch(&known, Some(&levels), None)?;
    Ok(())
}

/// A date as Parquet counts it.
fn days_since_1970(day: Date) -> Option<i32> {
    let span = date(1970, 1, 1).until((jiff::Unit::Day, day)).ok()?;
    Some(span.get_days())
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::{Field, RowAccessor};
    use serde_json::json;

    use super::super::tests::sample;
    use super::*;

    #[test]
    fn what_is_written_is_read_with_its_types() {
        let file = write(&sample(), &json!({ "table": "sample" })).unwrap();
        let reader = SerializedFileReader::new(axum::body::Bytes::from(file)).unwrap();
        let about = reader.metadata().file_metadata();
        assert_eq!(about.num_rows(), 3);
        let manifest = &about.key_value_metadata().unwrap()[0];
        assert_eq!(manifest.value.as_deref(), Some(r#"{"table":"sample"}"#));
        let rows: Vec<_> = reader
            .get_row_iter(None)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows[0].get_string(0).unwrap(), "=1+1");
        assert_eq!(rows[1].get_long(1).unwrap(), -7);
        let share = rows[0].get_double(2).unwrap();
        assert_eq!(share.to_bits(), (1.0_f64 / 3.0).to_bits());
        let day = rows[0].get_column_iter().nth(3).unwrap().1;
        assert_eq!(*day, Field::Date(20_512));
        assert!(rows[2].get_string(0).is_err(), "missing is null, not empty");
    }

    #[test]
    fn days_before_1970_are_negative() {
        assert_eq!(days_since_1970(date(1969, 12, 31)), Some(-1));
        assert_eq!(days_since_1970(date(2026, 2, 28)), Some(20_512));
    }
}
