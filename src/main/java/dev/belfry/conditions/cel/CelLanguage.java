package dev.belfry.conditions.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

import dev.belfry.catalog.types.EventField;
import dev.belfry.conditions.values.ConditionLimits;

/**
 * CEL over the fields of an event, or of an item of a list: the standard functions and
 * macros, and nothing else.
 */
public record CelLanguage(CelShape.Branch fields, CelCompiler compiler) {

	public static final String RECORDED_AT = "recordedAt";

	private static final CelOptions OPTIONS = CelOptions.current()
		.maxExpressionCodePointSize(ConditionLimits.MAX_CEL_LENGTH)
		.maxParseRecursionDepth(ConditionLimits.MAX_CEL_DEPTH)
		.maxParseErrorRecoveryLimit(5)
		.comprehensionMaxIterations(ConditionLimits.MAX_CEL_ITERATIONS)
		.maxRegexProgramSize(ConditionLimits.MAX_REGEX_PROGRAM)
		.enableHeterogeneousNumericComparisons(true)
		.build();

	private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

	/** As many as there are types of events, and lists in them. */
	private static final Map<List<EventField>, CelLanguage> KNOWN = new ConcurrentHashMap<>();

	public static CelLanguage of(List<EventField> fields) {
		return KNOWN.computeIfAbsent(fields, CelLanguage::create);
	}

	private static CelLanguage create(List<EventField> fields) {
		CelShape.Branch shape = CelShape.of("", fields);
		CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
			.setOptions(OPTIONS)
			.setStandardMacros(CelStandardMacro.STANDARD_MACROS)
			.setTypeProvider(new Types(shape.types()))
			.setResultType(SimpleType.BOOL)
			.addVar(RECORDED_AT, SimpleType.TIMESTAMP);
		shape.children().forEach((name, child) -> builder.addVar(name, child.type()));
		return new CelLanguage(shape, builder.build());
	}

	public CelValidationResult compile(String expression) {
		return this.compiler.compile(expression);
	}

	public static CelRuntime.Program program(CelAbstractSyntaxTree tree) throws CelEvaluationException {
		return RUNTIME.createProgram(tree);
	}

	/** The types of the objects in an event. */
	private static final class Types implements CelTypeProvider {

		private final Map<String, CelType> byName;

		Types(List<CelType> types) {
			this.byName = types.stream().collect(Collectors.toMap(CelType::name, Function.identity()));
		}

		@Override
		public ImmutableCollection<CelType> types() {
			return ImmutableList.copyOf(this.byName.values());
		}

		@Override
		public Optional<CelType> findType(String name) {
			return Optional.ofNullable(this.byName.get(name));
		}

	}

}
