package dev.belfry.input;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An error in an input that the caller can correct. The field is the path of the value in
 * the input, or null when the error is not about a single value.
 */
public record UserError(UserErrorCode code, String message, @Nullable List<String> field) {

	public static UserError at(UserErrorCode code, String message, String... field) {
		return new UserError(code, message, List.of(field));
	}

}
