package io.karez.query;

import io.karez.text.Decimals;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.List;

/// A query's text as tokens.
final class Lexer {
  private static final List<String> SIGNS =
      List.of(
          "==", "!=", "<=", ">=", "&&", "||", "<", ">", "~", "&", "|", "(", ")", "[", "]", ",", "=",
          "!");

  private final String text;
  private final String source;
  private int at;

  Lexer(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /// The last token is the only END.
  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        tokens.add(new Token(Token.Kind.END, "", at + 1));
        return tokens;
      }
      tokens.add(next());
    }
  }

  private Token next() {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    if (Character.isLetter(c) || c == '_') {
      return name();
    }
    if ("+-.0123456789".indexOf(c) >= 0) {
      return number();
    }
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return new Token(Token.Kind.SIGN, sign, at - sign.length() + 1);
      }
    }
    throw fault(at, "`" + Character.toString(text.codePointAt(at)) + "` has no meaning here");
  }

  private Token name() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.-/@".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return new Token(Token.Kind.NAME, text.substring(start, at), start + 1);
  }

  private Token number() {
    int start = at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean exponentSign = (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - 1)) >= 0;
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !exponentSign) {
        break;
      }
      at++;
    }
    String number = text.substring(start, at);
    if (Decimals.read(number).isEmpty()) {
      throw new InvalidInputException(
          Problem.at(new Place(source, 1, start + 1), "`" + number + "` is not a number")
              .hint("write text in quotes: `'" + number + "'`"));
    }
    return new Token(Token.Kind.NUMBER, number, start + 1);
  }

  private Token quoted(char quote) {
    int start = at++;
    StringBuilder contents = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return new Token(Token.Kind.TEXT, contents.toString(), start + 1);
      }
      if (c == '\\' && at + 1 < text.length() && "\\'\"".indexOf(text.charAt(at + 1)) >= 0) {
        at++;
        c = text.charAt(at);
      }
      contents.append(c);
      at++;
    }
    throw fault(start, "the quote `" + quote + "` is not closed");
  }

  private InvalidInputException fault(int index, String message) {
    return new InvalidInputException(Problem.at(new Place(source, 1, index + 1), message));
  }
}
