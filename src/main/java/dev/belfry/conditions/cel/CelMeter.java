package dev.belfry.conditions.cel;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.runtime.CelEvaluationListener;

import dev.belfry.conditions.operators.SafePattern;
import dev.belfry.conditions.operators.TextChecks;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.ConditionLimits;
import dev.belfry.conditions.values.Evaluation;

/**
 * Counts the steps of an expression as CEL takes them, and stops it when there are none
 * left.
 */
public final class CelMeter implements CelEvaluationListener {

	private static final int STEPS_OF_A_PART = 20;

	private static final int CHARACTERS_IN_A_STEP = 10;

	/** CEL compiles a pattern anew each time. */
	private static final int STEPS_OF_AN_INSTRUCTION = 40;

	private final Evaluation evaluation;

	private final Map<Long, SafePattern> patterns;

	/** How long the texts are that parts came to, by the ids of the parts. */
	private final Map<Long, Integer> lengths = new HashMap<>();

	public CelMeter(Evaluation evaluation, Map<Long, SafePattern> patterns) {
		this.evaluation = evaluation;
		this.patterns = patterns;
	}

	@Override
	public void callback(CelExpr part, Object result) {
		charge(STEPS_OF_A_PART);
		if (result instanceof String text) {
			if (text.length() > ConditionLimits.MAX_CEL_TEXT) {
				throw new Stopped();
			}
			charge(text.length() / CHARACTERS_IN_A_STEP);
			this.lengths.put(part.id(), text.length());
		}
		else if (result instanceof Collection<?> items) {
			charge(items.size());
		}
		else if (part.getKind() == ExprKind.Kind.CALL) {
			chargeCall(part);
		}
	}

	private void chargeCall(CelExpr call) {
		SafePattern pattern = this.patterns.get(call.id());
		if (pattern != null) {
			long length = this.lengths.getOrDefault(CelRules.operands(call).get(0).id(), 0);
			charge(pattern.steps(length) + (long) STEPS_OF_AN_INSTRUCTION * pattern.programSize());
		}
		else if (call.call().function().equals("contains")) {
			List<CelExpr> texts = CelRules.operands(call);
			charge(TextChecks.steps(this.lengths.getOrDefault(texts.get(0).id(), 0),
					this.lengths.getOrDefault(texts.get(1).id(), 0)));
		}
	}

	private void charge(long steps) {
		try {
			this.evaluation.charge(steps);
		}
		catch (ConditionFailure none) {
			throw new Stopped();
		}
	}

	/** An error, since CEL's "or" goes on to its other side after an exception. */
	public static final class Stopped extends Error {

		Stopped() {
			super(null, null, false, false);
		}

	}

}
