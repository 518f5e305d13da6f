package dev.belfry.graphql.execution;

import graphql.language.Document;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.ParsingListener;

/**
 * Parses documents as GraphQL Java does, but for two things that take much longer than
 * they are long: numbers with more digits than one in JSON may have, which take time with
 * the square of their digits; and fragments, among which validation looks for cycles in
 * time with the cube of their number.
 */
public final class Documents {

	/** As in JSON, where Jackson takes no longer ones. */
	private static final int LONGEST_NUMBER = 1_000;

	/** Some 10 ms; more than a frontend's components have together. */
	static final int MOST_FRAGMENTS = 100;

	private static final ParserOptions OPTIONS = ParserOptions.getDefaultOperationParserOptions();

	private Documents() {
	}

	/** Fails with an {@link InvalidSyntaxException} if the text is no document. */
	public static Document parse(String text) {
		return Parser.parse(ParserEnvironment.newParserEnvironment().document(text).parserOptions(options()).build());
	}

	/** For one document. */
	static ParserOptions options() {
		return OPTIONS.transform((options) -> options.parsingListener(new Limits()));
	}

	private static final class Limits implements ParsingListener {

		private int fragments;

		@Override
		public void onToken(Token token) {
			String text = token.getText();
			if (text.length() > LONGEST_NUMBER && "-0123456789".indexOf(text.charAt(0)) >= 0) {
				throw new TooMuch("A number may have at most " + LONGEST_NUMBER + " characters.", token);
			}
			if (text.equals("fragment") && ++this.fragments > MOST_FRAGMENTS) {
				throw new TooMuch("A document may have at most " + MOST_FRAGMENTS + " fragments.", token);
			}
		}

	}

	private static final class TooMuch extends InvalidSyntaxException {

		TooMuch(String message, ParsingListener.Token token) {
			super(message, new SourceLocation(token.getLine(), token.getCharPositionInLine() + 1), null, null, null);
		}

	}

}
