package dev.belfry.templates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;
import dev.belfry.templates.Tag.Kind;

/** Reads one text of a template, and notes all that is wrong with it. */
final class TemplateReader {

	private static final String RAW = ".raw";

	private final String source;

	private final TemplateErrors errors;

	private final TagAdvice advice;

	private final Deque<Open> open = new ArrayDeque<>();

	TemplateReader(EventType type, String source, TemplateErrors errors) {
		this.source = source;
		this.errors = errors;
		this.advice = new TagAdvice(type);
		this.open.push(new Open(new Tag(Kind.SECTION, "", 0, 0, 0), null, Scope.of(type), new ArrayList<>()));
	}

	/** The pieces; of use only if there are no errors. */
	List<Piece> read() {
		int from = 0;
		boolean finished = true;
		for (Tag tag : Tags.of(this.source)) {
			words(from, tag.from());
			take(tag);
			from = tag.to();
			finished = tag.kind() != Kind.UNFINISHED;
		}
		words(from, this.source.length());
		while (finished && this.open.size() > 1) {
			Tag tag = this.open.pop().tag();
			this.errors.add(tag.at(), () -> written(tag) + " is never closed: " + end(tag) + " is missing.");
		}
		return this.open.getLast().pieces();
	}

	private void words(int from, int to) {
		if (from < to) {
			this.open.element().pieces().add(new Piece.Words(this.source.substring(from, to)));
		}
	}

	private void take(Tag tag) {
		switch (tag.kind()) {
			case VALUE -> value(tag);
			case SECTION, INVERTED -> open(tag);
			case END -> close(tag);
			case REFUSED -> this.errors.add(tag.at(), () -> TagAdvice.refused(tag.content()));
			case UNFINISHED -> this.errors.add(tag.at(), () -> "This {{ is never closed by }}.");
			case COMMENT -> {
				// Is for those who read the template.
			}
		}
	}

	private void value(Tag tag) {
		Scope scope = this.open.element().scope();
		String name = tag.content();
		Reference field = scope.find(name);
		boolean raw = field == null && name.endsWith(RAW);
		if (raw) {
			field = scope.find(name.substring(0, name.length() - RAW.length()));
		}
		if (field == null) {
			refuseName(tag, scope);
		}
		else if (field.isList()) {
			String list = field.field().path();
			this.errors.add(tag.at(), () -> TagAdvice.list(list));
		}
		else {
			this.open.element().pieces().add(new Piece.Value(field, raw));
		}
	}

	private void open(Tag tag) {
		Scope scope = this.open.element().scope();
		Reference field = scope.find(tag.content());
		if (field == null) {
			refuseName(tag, scope);
		}
		if (this.open.size() == Template.MOST_NESTED + 1) {
			this.errors.add(tag.at(), () -> "At most " + Template.MOST_NESTED + " sections may be nested.");
		}
		this.open.push(new Open(tag, field, within(tag, field, scope), new ArrayList<>()));
	}

	private static Scope within(Tag tag, @Nullable Reference field, Scope scope) {
		if (field == null) {
			return Scope.UNKNOWN;
		}
		return (field.isList() && tag.kind() == Kind.SECTION) ? scope.within(field.field()) : scope;
	}

	private void close(Tag tag) {
		if (this.open.stream().limit(this.open.size() - 1L).noneMatch((section) -> section.isClosedBy(tag))) {
			this.errors.add(tag.at(), () -> written(tag) + " closes no section that is open.");
			return;
		}
		Open section = this.open.pop();
		while (!section.isClosedBy(tag)) {
			Tag inner = section.tag();
			this.errors.add(inner.at(), () -> written(inner) + " is not closed before " + written(tag) + ".");
			section = this.open.pop();
		}
		if (section.field() != null) {
			boolean inverted = section.tag().kind() == Kind.INVERTED;
			this.open.element().pieces().add(new Piece.Section(section.field(), inverted, section.pieces()));
		}
	}

	private void refuseName(Tag tag, Scope scope) {
		if (scope != Scope.UNKNOWN) {
			this.errors.add(tag.at(), () -> this.advice.unknown(tag.content(), scope));
		}
	}

	private static String written(Tag tag) {
		String sign = switch (tag.kind()) {
			case SECTION -> "#";
			case INVERTED -> "^";
			default -> "/";
		};
		return "{{" + sign + TagAdvice.shown(tag.content()) + "}}";
	}

	private static String end(Tag tag) {
		return "{{/" + TagAdvice.shown(tag.content()) + "}}";
	}

	/** A section whose end is not read yet. */
	private record Open(Tag tag, @Nullable Reference field, Scope scope, List<Piece> pieces) {

		boolean isClosedBy(Tag end) {
			return this.tag.content().equals(end.content());
		}

	}

}
