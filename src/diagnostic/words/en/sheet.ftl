covered-cells = { $count ->
    [one] 1 cell lies under a merged one and was left out
   *[other] { $count } cells lie under merged ones and were left out
}
    .help = Excel does not show them either; separate the merged cells in it to read what they say
drawings-left-out = { $count ->
    [one] 1 picture, chart or drawing was left out, with the words in it
   *[other] { $count } pictures, charts or drawings were left out, with the words in them
}
    .help = save them as images and put them beside the text
hidden-cells = { $count ->
    [one] 1 cell stands in a hidden row or column and is shown here
   *[other] { $count } cells stand in hidden rows or columns and are shown here
}
    .help = remove what was not meant to be read
hidden-sheets = { $count ->
    [one] 1 hidden sheet was left out
   *[other] { $count } hidden sheets were left out
}
    .help = the original keeps them; show them in Excel and import again if they belong to the document
too-many-cells = the workbook has more than { $most } filled cells
    .help = nothing was imported; save each sheet, or each year, as a workbook of its own
too-many-strings = the workbook lists more than { $most } texts
    .help = nothing was imported; save each sheet as a workbook of its own
too-much-in-cells = the cells of the workbook contain more than { $megabytes } MB of text
    .help = nothing was imported; save each sheet as a workbook of its own
