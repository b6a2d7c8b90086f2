package io.imageaudit.model;

/**
 * Why an audit ended without a verdict.
 *
 * @param code stable, machine-readable
 * @param message one English sentence for people; holds nothing that the submitter may not know
 */
public record Failure(FailureCode code, String message) {}
