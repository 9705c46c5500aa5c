//! Workbooks: XLSX (ECMA-376 and ISO 29500, both variants), XLS of Excel 5 to 2003 ([MS-XLS]), and their like of WPS.
//!
//! Both formats are brought to one form, the cells as they are shown (`workbook`); what their numbers look like follows from
//! format codes (`code`). What a sheet's cells are, lines or tables, is found for both in one way (`layout`). Each format also
//! has a second, simpler reading, which the pieces are held against (`witness`).
//!
//! Crates considered: calamine, which gives the numbers of .xls without their formats, takes memory by what a damaged file
//! says and stops on some.

mod area;
mod code;
mod finish;
mod layout;
mod looks;
mod pieces;
mod witness;
mod workbook;
mod xls;
mod xlsx;

pub(crate) use self::xls::read as read_xls;
pub(crate) use self::xlsx::read as read_xlsx;
