package io.imageaudit.model;

/**
 * The policy that gave a verdict.
 *
 * @param strategy name of the policy
 * @param version digest of its content
 */
public record PolicyRef(String strategy, String version) {}
