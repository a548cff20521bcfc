package io.karez.text;

/// A place in something a person wrote.
///
/// @param source the file as the user knows it, or the option (`-g`, `--filter`)
/// @param line 1-based; 0 when the source has no lines
/// @param column 1-based; 0 when unknown
public record Place(String source, int line, int column) {

  public static Place of(String source) {
    return new Place(source, 0, 0);
  }

  @Override
  public String toString() {
    if (line == 0) {
      return source;
    }
    return column == 0 ? source + ":" + line : source + ":" + line + ":" + column;
  }
}
