package dev.belfry.templates;

import java.util.ArrayList;
import java.util.List;

import dev.belfry.templates.Tag.Kind;

/** Finds the tags of a text. */
final class Tags {

	private static final String OPEN = "{{";

	private static final String CLOSE = "}}";

	private final String source;

	private final List<Tag> tags = new ArrayList<>();

	private Tags(String source) {
		this.source = source;
	}

	/** In their order; after one that is unfinished there are no others. */
	static List<Tag> of(String source) {
		return new Tags(source).find();
	}

	private List<Tag> find() {
		int at = this.source.indexOf(OPEN);
		while (at >= 0) {
			Tag tag = tag(at);
			this.tags.add(tag);
			at = (tag.kind() == Kind.UNFINISHED) ? -1 : this.source.indexOf(OPEN, tag.to());
		}
		return this.tags;
	}

	private Tag tag(int at) {
		int close = this.source.indexOf(CLOSE, at + OPEN.length());
		String content = this.source.substring(at + OPEN.length(), Math.max(close, at + OPEN.length())).strip();
		Kind kind = kind(content);
		if (close < 0 || (kind != Kind.COMMENT && kind != Kind.REFUSED && content.contains(OPEN))) {
			return new Tag(Kind.UNFINISHED, "", at, at, this.source.length());
		}
		boolean signed = kind.standsAlone();
		return placed(kind, signed ? content.substring(1).strip() : content, at, close + CLOSE.length());
	}

	private static Kind kind(String content) {
		return switch (content.isEmpty() ? ' ' : content.charAt(0)) {
			case '#' -> Kind.SECTION;
			case '^' -> Kind.INVERTED;
			case '/' -> Kind.END;
			case '!' -> Kind.COMMENT;
			case '{', '&', '=', '>', '<', '$', '*' -> Kind.REFUSED;
			default -> Kind.VALUE;
		};
	}

	private Tag placed(Kind kind, String content, int at, int end) {
		int from = lineStart(at);
		int to = lineEnd(end);
		boolean alone = kind.standsAlone() && from >= 0 && to >= 0;
		return new Tag(kind, content, at, alone ? from : at, alone ? to : end);
	}

	/** Where the line begins, or -1 if it begins with something else. */
	private int lineStart(int at) {
		int start = at;
		while (start > 0 && isSpace(start - 1)) {
			start--;
		}
		return (start == 0 || this.source.charAt(start - 1) == '\n') ? start : -1;
	}

	/** Where the next line begins, or -1 if this one goes on with something else. */
	private int lineEnd(int at) {
		int end = at;
		while (end < this.source.length() && isSpace(end)) {
			end++;
		}
		if (end == this.source.length()) {
			return end;
		}
		int breakLength = this.source.startsWith("\r\n", end) ? 2 : this.source.startsWith("\n", end) ? 1 : 0;
		return (breakLength > 0) ? end + breakLength : -1;
	}

	private boolean isSpace(int index) {
		char character = this.source.charAt(index);
		return character == ' ' || character == '\t';
	}

}
