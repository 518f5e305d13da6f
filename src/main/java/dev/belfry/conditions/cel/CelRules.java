package dev.belfry.conditions.cel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import org.jspecify.annotations.Nullable;

import dev.belfry.conditions.operators.SafePattern;

/**
 * What Belfry asks of an expression beyond CEL's own rules, so that one step of its
 * evaluation never takes long: patterns are constants, only single values are compared
 * and added, there are no maps, and everything has a type.
 */
public final class CelRules {

	private static final Set<CelKind> SINGLE = Set.of(CelKind.BOOL, CelKind.INT, CelKind.UINT, CelKind.DOUBLE,
			CelKind.STRING, CelKind.TIMESTAMP, CelKind.DURATION);

	private static final Set<String> OF_SINGLE_VALUES = Set.of("_==_", "_!=_", "@in", "_+_");

	/** What a macro gathers its items in. */
	private static final String HIDDEN = "@";

	private final CelAbstractSyntaxTree tree;

	private final BiConsumer<CelSourceLocation, String> fault;

	private final Map<Long, SafePattern> patterns = new HashMap<>();

	private final Set<String> names = new HashSet<>();

	public CelRules(CelAbstractSyntaxTree tree, BiConsumer<CelSourceLocation, String> fault) {
		this.tree = tree;
		this.fault = fault;
	}

	public void check() {
		CelNavigableAst.fromAst(this.tree).getRoot().allNodes().map(CelNavigableExpr::expr).forEach(this::check);
	}

	/** The patterns of the calls that match texts, by the ids of the calls. */
	public Map<Long, SafePattern> patterns() {
		return Map.copyOf(this.patterns);
	}

	/** All names that stand alone. */
	public Set<String> names() {
		return Set.copyOf(this.names);
	}

	private void check(CelExpr part) {
		if (this.tree.getType(part.id()).map(CelType::kind).filter(CelKind.DYN::equals).isPresent()) {
			refuse(part, "this has no type of its own; lists and maps have values of one type");
		}
		switch (part.getKind()) {
			case IDENT -> this.names.add(part.ident().name());
			case MAP -> refuse(part, "a map cannot be made here");
			case CALL -> checkCall(part);
			default -> {
			}
		}
	}

	private void checkCall(CelExpr call) {
		String function = call.call().function();
		if (function.equals("matches")) {
			checkPattern(call);
		}
		else if (OF_SINGLE_VALUES.contains(function) && !isSingle(call.call().args().get(0))) {
			refuse(call.call().args().get(0), "only texts, numbers, times, true and false can be compared or added");
		}
	}

	private boolean isSingle(CelExpr part) {
		boolean gathers = part.getKind() == ExprKind.Kind.IDENT && part.ident().name().startsWith(HIDDEN);
		return gathers || this.tree.getType(part.id()).map(CelType::kind).filter(SINGLE::contains).isPresent();
	}

	private void checkPattern(CelExpr call) {
		CelExpr pattern = operands(call).get(1);
		String regex = text(pattern);
		if (regex == null) {
			refuse(pattern, "a regular expression must be a text in quotes here");
			return;
		}
		try {
			this.patterns.put(call.id(), SafePattern.of(regex, true));
		}
		catch (IllegalArgumentException wrong) {
			refuse(pattern, "in the regular expression: " + wrong.getMessage());
		}
	}

	/** What a call is about and its arguments. */
	static List<CelExpr> operands(CelExpr call) {
		Optional<CelExpr> target = call.call().target();
		return target.isPresent() ? List.of(target.get(), call.call().args().get(0)) : call.call().args();
	}

	private static @Nullable String text(CelExpr part) {
		boolean isText = part.getKind() == ExprKind.Kind.CONSTANT
				&& part.constant().getKind() == CelConstant.Kind.STRING_VALUE;
		return isText ? part.constant().stringValue() : null;
	}

	private void refuse(CelExpr part, String message) {
		int offset = this.tree.getSource().getPositionsMap().getOrDefault(part.id(), 0);
		this.fault.accept(this.tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE), message);
	}

}
