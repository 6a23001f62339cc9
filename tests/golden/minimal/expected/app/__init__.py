"""Minimal"""
