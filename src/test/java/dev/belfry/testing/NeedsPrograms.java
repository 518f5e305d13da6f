package dev.belfry.testing;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that runs programs of the machine. Where one is missing it is skipped; with
 * {@code BELFRY_PROGRAMS=required} in the environment, as in {@code .ci/run}, it fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPrograms.Condition.class)
public @interface NeedsPrograms {

	/** Names that a shell would find. */
	String[] value();

	/** Whether the programs are there. */
	final class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			String[] needed = context.getRequiredTestClass().getAnnotation(NeedsPrograms.class).value();
			List<String> missing = Arrays.stream(needed).filter((name) -> !isInstalled(name)).toList();
			if (missing.isEmpty() || "required".equals(System.getenv("BELFRY_PROGRAMS"))) {
				return ConditionEvaluationResult.enabled("Runs " + List.of(needed));
			}
			return ConditionEvaluationResult.disabled("Not installed: " + missing);
		}

		/** Debian keeps servers out of the path of those who are not root. */
		private static boolean isInstalled(String name) {
			return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
				.anyMatch((folder) -> Files.isExecutable(Path.of(folder, name)));
		}

	}

}
