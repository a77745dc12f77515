// Package sheet reads and writes the tables that engineers live with, CSV and XLSX, and maps their columns to the fields of
// an asset.
//
// Reading takes any file that a person calls a list: title rows above the header, semicolons from a German Excel, cp1252
// from an old export, ragged rows, merged cells. What it gives is text, cell by cell, as the person sees it; what the text
// means is for record's field tables to say.
//
// A file is hostile until it has been read. Everything is streamed and counted (Limits): file size, unpacked size and ratio
// of an XLSX, rows, columns, cells, length of a cell. Formulas are never evaluated: the value that the spreadsheet program
// stored is taken. XLSX parts are read straight from the archive, never unpacked to a temporary file, so that no plaintext
// of a plant's register is left beside the encrypted one.
//
// Writing neutralises what a spreadsheet program would run (see Write), and Read takes exactly that back, so that an
// exported list imported again is the same list.
package sheet
