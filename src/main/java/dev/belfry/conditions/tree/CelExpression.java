package dev.belfry.conditions.tree;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventField;
import dev.belfry.conditions.cel.CelLanguage;
import dev.belfry.conditions.cel.CelMeter;
import dev.belfry.conditions.cel.CelRules;
import dev.belfry.conditions.operators.SafePattern;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.ConditionLimits;
import dev.belfry.conditions.values.Evaluation;
import dev.belfry.input.InputErrors;
import dev.belfry.input.TextProblem;
import dev.belfry.input.UserErrorCode;
import dev.belfry.values.OneLine;

/**
 * A CEL expression, for what tests cannot say.
 *
 * @param source what it was compiled from
 * @param names the variables that it uses
 * @param patterns the regular expressions that it uses, by the ids of their calls
 */
record CelExpression(String source, CelAbstractSyntaxTree tree, CelRuntime.Program program, CelLanguage language,
		Set<String> names, Map<Long, SafePattern> patterns) implements Node {

	private static final Pattern AT_OFFSET = Pattern.compile("evaluation error at <input>:(\\d+): (.*)",
			Pattern.DOTALL);

	/** Reads an expression; null if it is wrong, and says why. */
	static @Nullable CelExpression read(@Nullable Object expression, List<EventField> fields, InputErrors errors) {
		if (!(expression instanceof String source)) {
			errors.add(UserErrorCode.INVALID, "This must be a text.");
			return null;
		}
		TextProblem problem = TextProblem.of(source, ConditionLimits.MAX_CEL_LENGTH);
		errors.add(problem);
		return (problem == null) ? compile(source, CelLanguage.of(fields), errors) : null;
	}

	private static @Nullable CelExpression compile(String source, CelLanguage language, InputErrors errors) {
		CelValidationResult result = language.compile(source);
		for (CelIssue issue : result.getErrors()) {
			errors.add(UserErrorCode.INVALID, at(issue.getSourceLocation(),
					issue.getMessage().replace(" (in container '')", "").replace("%%", "%")));
		}
		if (result.hasError()) {
			return null;
		}
		try {
			CelAbstractSyntaxTree tree = result.getAst();
			CelRules rules = new CelRules(tree,
					(location, message) -> errors.add(UserErrorCode.INVALID, at(location, message)));
			rules.check();
			return errors.isEmpty() ? new CelExpression(source, tree, CelLanguage.program(tree), language,
					rules.names(), rules.patterns()) : null;
		}
		catch (CelValidationException | CelEvaluationException refused) {
			errors.add(UserErrorCode.INVALID, "This cannot be compiled.");
			return null;
		}
	}

	/** CEL counts lines from 1 and columns from 0. */
	private static String at(CelSourceLocation location, String message) {
		return location.getLine() + ":" + (location.getColumn() + 1) + " " + message;
	}

	@Override
	public boolean holds(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		evaluation.charge(Evaluation.VISIT);
		try {
			return this.program.trace(variables(scope, evaluation),
					new CelMeter(evaluation, this.patterns)) instanceof Boolean matched && matched;
		}
		catch (CelMeter.Stopped stopped) {
			throw Evaluation.tooLong();
		}
		catch (CelEvaluationException failed) {
			throw failure(String.valueOf(failed.getMessage()));
		}
	}

	private Map<String, Object> variables(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		Map<String, Object> variables = new HashMap<>();
		variables.put(CelLanguage.RECORDED_AT, evaluation.subject().recordedAt());
		this.language.fields().children().forEach((name, shape) -> {
			Object value = this.names.contains(name) ? shape.value(scope.get(name)) : null;
			if (value != null) {
				variables.put(name, value);
			}
		});
		return variables;
	}

	private ConditionFailure failure(String message) {
		Matcher atOffset = AT_OFFSET.matcher(message);
		if (!atOffset.matches()) {
			return failed(message);
		}
		CelSourceLocation location = this.tree.getSource()
			.getOffsetLocation(Integer.parseInt(atOffset.group(1)))
			.orElse(CelSourceLocation.NONE);
		return failed(at(location, atOffset.group(2)));
	}

	private static ConditionFailure failed(String why) {
		return new ConditionFailure("The expression fails for this event: "
				+ OneLine.cut(OneLine.of(why), ConditionLimits.MAX_CEL_FAILURE));
	}

	@Override
	public Explanation explain(Map<?, ? extends @Nullable Object> scope, Evaluation evaluation) {
		try {
			return Explanation.of(this.source, holds(scope, evaluation), null);
		}
		catch (ConditionFailure failure) {
			return Explanation.failed(this.source, failure, null);
		}
	}

}
